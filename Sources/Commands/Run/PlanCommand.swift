internal import Executor
internal import Journal
internal import PlanModel
internal import Planner
internal import Reporting

/// `execplan plan`: what apply would do, and why; nothing is run and nothing is written.
enum PlanCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let parsed = invocation.parsed
    let json = parsed.value("format") == "json"
    return try Reply.of(invocation, json: json) {
      let runnable = try RunnablePlan.load(invocation, parsed.positional("PLAN"))
      let options = ExecutionOptions(planning: parsed)
      let change = try ChangePreview.make(
        runnable, options: options, probe: parsed.has("probe"), diff: parsed.has("diff"))
      if let refusal = change.refusal, refusal.exitCode == .usage { throw refusal }
      let view = change.view
      if json {
        invocation.console.write(view.json())
      } else if !invocation.console.isQuiet {
        invocation.console.write(
          view.text(invocation.console.outputStyle, width: TerminalSize.of(descriptor: 1)?.width))
      }
      if let refusal = change.refusal, !json { _ = Reply.refused(invocation, json: false, refusal) }
      return parsed.has("detailed-exitcode") && !view.isUpToDate ? .changesPending : .success
    }
  }
}
