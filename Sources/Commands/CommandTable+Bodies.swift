extension CommandTable {
  /// What carries out each command, by its name.
  static let bodies: [String: CommandBody] = [
    "completions": CompletionsCommand.run,
    "doctor": DoctorCommand.run,
    "help": HelpCommand.run,
    "explain": ExplainCommand.run,
    "man": ManCommand.run,
    "schema": SchemaCommand.run,
    "validate": ValidateCommand.run,
    "version": VersionCommand.run,
  ]
}
