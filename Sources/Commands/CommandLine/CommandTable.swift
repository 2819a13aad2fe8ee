/// The commands and the options that all of them take.
package struct CommandTable: Sendable {
  package let commands: [CommandSpec]
  /// May stand before or after the command.
  package let globalOptions: [OptionSpec]
  private let byName: [String: Int]

  /// Names and aliases must be unique: two of a kind are a programmer's error.
  package init(commands: [CommandSpec], globalOptions: [OptionSpec]) {
    self.commands = commands
    self.globalOptions = globalOptions
    byName = Dictionary(
      uniqueKeysWithValues: commands.enumerated().flatMap { index, command in
        ([command.name] + command.aliases).map { ($0, index) }
      })
  }

  /// The command of this name or alias.
  package func command(named name: String) -> CommandSpec? {
    byName[name].map { commands[$0] }
  }

  /// Every name by which a command that the help lists can be called.
  package var visibleNames: [String] {
    commands.lazy.filter { !$0.isHidden }.flatMap { [$0.name] + $0.aliases }
  }

  /// All commands of this program, in the order in which the help lists them.
  package static let all = CommandTable(
    commands: [
      .new, .initialize, .validate, .show, .graph, .note, .adopt,
      .plan, .apply, .status, .runs, .logs, .report, .test,
      .approve, .resolve, .checkpoint, .rollback,
      .explain, .why, .schema, .doctor,
      .help, .completions, .man, .version,
    ],
    globalOptions: OptionSpec.global)
}
