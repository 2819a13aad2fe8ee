extension CommandTable {
  /// What carries out each command, by its name.
  static let bodies: [String: CommandBody] = [
    "adopt": AdoptCommand.run,
    "apply": ApplyCommand.run,
    "checkpoint": CheckpointCommand.run,
    "completions": CompletionsCommand.run,
    "doctor": DoctorCommand.run,
    "explain": ExplainCommand.run,
    "graph": GraphCommand.run,
    "help": HelpCommand.run,
    "init": InitCommand.run,
    "logs": LogsCommand.run,
    "man": ManCommand.run,
    "new": NewCommand.run,
    "note": NoteCommand.run,
    "plan": PlanCommand.run,
    "report": ReportCommand.run,
    "resolve": ResolveCommand.run,
    "rollback": RollbackCommand.run,
    "runs": RunsCommand.run,
    "schema": SchemaCommand.run,
    "show": ShowCommand.run,
    "status": StatusCommand.run,
    "validate": ValidateCommand.run,
    "version": VersionCommand.run,
    "why": WhyCommand.run,
  ]
}
