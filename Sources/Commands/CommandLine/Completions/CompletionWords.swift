/// What the three completion scripts ask of the option table.
struct CompletionWords {
  let table: CommandTable

  /// The command names and aliases that are offered.
  var commands: [(name: String, summary: String)] {
    table.commands.filter { !$0.isHidden || $0.name == "help" }.flatMap { command in
      ([command.name] + command.aliases).map { ($0, command.summary) }
    }
  }

  /// The options of a command, its own first.
  func options(of command: CommandSpec) -> [OptionSpec] { command.options + table.globalOptions }

  /// `--format` and, if there is one, `-f`.
  func spellings(_ option: OptionSpec) -> [String] { ["--" + option.long] + (option.short.map { ["-\($0)"] } ?? []) }

  /// The words that can stand at a place; nil where it is files or nothing.
  func words(_ kind: CompletionKind) -> [String]? {
    switch kind {
    case .words(let words): words
    case .helpTopic: commands.map(\.name) + HelpTopic.all.map(\.name)
    case .nothing, .file, .folder, .plan: nil
    }
  }

  /// The name of a shell function for a command.
  static func identifier(_ command: String) -> String { command.replacing("-", with: "_") }
}
