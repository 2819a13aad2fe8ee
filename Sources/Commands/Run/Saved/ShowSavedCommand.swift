internal import Executor
internal import Glibc
internal import Journal
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// `execplan show SAVED`: what a saved plan says, and whether it can still be applied.
enum ShowSavedCommand {
  static func run(_ invocation: Invocation, _ file: SavedPlanFile) throws -> ExitCode {
    try file.requireNothingElse(of: invocation.parsed)
    let (title, refusal) = standing(of: file, invocation)
    let view = SavedPlanView(
      file: file.shown, saved: file.plan, title: title,
      refusal: refusal.map {
        SavedPlanView.Refusal(
          message: $0.message, details: $0.details, nextCommands: $0.nextCommands.map { "execplan \($0)" })
      }, applyCommand: "execplan apply \(file.word)")
    let console = invocation.console
    switch invocation.parsed.value("format") {
    case "json": console.write(view.json())
    case "markdown": console.write("```text\n" + view.text(.plain) + "```\n")
    default: console.write(view.text(console.outputStyle, width: TerminalSize.of(descriptor: STDOUT_FILENO)?.width))
    }
    return .success
  }

  /// The title of its plan, and why it can't be applied, if so.
  private static func standing(of file: SavedPlanFile, _ invocation: Invocation) -> (String?, Refusal?) {
    if let refusal = file.refusalOfChange { return (nil, refusal) }
    do {
      let runnable = try RunnablePlan.load(invocation, saved: file)
      return (runnable.planned.plan.title, try refusal(file, runnable, invocation))
    } catch let error as Refusal {
      return (nil, error)
    } catch let error as InvalidPlan {
      let path = ShellQuoting.quoted(error.loaded.source.path)
      return (nil, Refusal(.invalidPlan, "its plan has errors", nextCommands: ["validate \(path)"]))
    } catch let error as CommandFailure {
      return (nil, Refusal(error.exitCode, error.message, details: [error.advice].compactMap(\.self)))
    } catch {
      return (nil, Refusal(.internalError, "\(error)"))
    }
  }

  private static func refusal(
    _ file: SavedPlanFile, _ runnable: RunnablePlan, _ invocation: Invocation
  ) throws -> Refusal? {
    var options = ExecutionOptions()
    options.choose(file.plan.choices)
    let use = file.use(runnable, options)
    let (record, secondUse) = try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
      (try use.record(reader), try use.secondUse(reader))
    }
    if let secondUse { return secondUse }
    // Nothing is run for a look, not even what was asked when it was saved.
    return try use.refusal(record, runsPrograms: false)
      ?? ChangePreview.make(runnable, options: options, probe: false).refusal
  }
}
