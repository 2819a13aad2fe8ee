extension CommandTable {
  /// What carries out each command, by its name.
  static let bodies: [String: CommandBody] = [
    "completions": CompletionsCommand.run,
    "doctor": DoctorCommand.run,
    "help": HelpCommand.run,
    "man": ManCommand.run,
    "version": VersionCommand.run,
  ]
}
