internal import Executor
internal import Journal
internal import PlanModel
internal import Planner
internal import Reporting

/// `execplan plan`: what apply would do, and why; nothing is run, and nothing is written but what `--out` names.
enum PlanCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let parsed = invocation.parsed
    let json = parsed.value("format") == "json"
    return try Reply.of(invocation, json: json) {
      let target = try parsed.value("out").map {
        try SavedPlanTarget($0, overwrites: parsed.has("overwrite"))
      }
      if target == nil, parsed.has("overwrite") {
        throw UsageError("--overwrite goes with --out", advice: "give --out FILE, too", command: "plan")
      }
      let runnable = try RunnablePlan.load(invocation, parsed.positional("PLAN"))
      let options = ExecutionOptions(planning: parsed)
      let change = try ChangePreview.make(
        runnable, options: options, probe: parsed.has("probe"), diff: parsed.has("diff"), saves: target != nil)
      if let refusal = change.refusal, refusal.exitCode == .usage { throw refusal }
      var view = change.view
      if let target {
        let saved = try target.save(runnable, change, options, probes: parsed.has("probe"), invocation)
        view.saved = .init(file: PathName.shown(target.path), id: saved.id)
        if view.nextCommand != nil {
          view.nextCommand = "execplan apply \(ShellQuoting.quoted(PathName.shown(target.path)))"
        }
      }
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
