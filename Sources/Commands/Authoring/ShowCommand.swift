internal import Executor
internal import Glibc
internal import Reporting

/// `execplan show [PLAN|SAVED]`.
enum ShowCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    try Reply.of(invocation, json: invocation.parsed.value("format") == "json") {
      if let saved = try SavedPlanFile.named(invocation.parsed.positional("PLAN")) {
        return try ShowSavedCommand.run(invocation, saved)
      }
      return try showPlan(invocation)
    }
  }

  private static func showPlan(_ invocation: Invocation) throws -> ExitCode {
    try ReviewedPlan.showing(invocation) { reviewed in
      let console = invocation.console
      let view = ShowView(reviewed)
      switch invocation.parsed.value("format") {
      case "json": console.write(view.json())
      case "markdown": console.write(view.markdown())
      default:
        console.write(view.text(console.outputStyle, width: TerminalSize.of(descriptor: STDOUT_FILENO)?.width))
      }
    }
  }
}
