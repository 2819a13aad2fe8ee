extension CommandTable {
  /// What carries out each command, by its name.
  static let bodies: [String: CommandBody] = [
    "completions": CompletionsCommand.run,
    "doctor": DoctorCommand.run,
    "help": HelpCommand.run,
    "man": ManCommand.run,
    "apply": ApplyCommand.run,
    "checkpoint": CheckpointCommand.run,
    "logs": LogsCommand.run,
    "plan": PlanCommand.run,
    "resolve": ResolveCommand.run,
    "runs": RunsCommand.run,
    "status": StatusCommand.run,
    "why": WhyCommand.run,
    "version": VersionCommand.run,
  ]
}
