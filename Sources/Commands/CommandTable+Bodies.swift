extension CommandTable {
  /// What carries out each command, by its name.
  static let bodies: [String: CommandBody] = [
    "completions": CompletionsCommand.run,
    "doctor": DoctorCommand.run,
    "graph": GraphCommand.run,
    "help": HelpCommand.run,
    "init": InitCommand.run,
    "man": ManCommand.run,
    "new": NewCommand.run,
    "show": ShowCommand.run,
    "version": VersionCommand.run,
  ]
}
