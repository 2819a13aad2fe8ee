internal import Executor
internal import Journal
internal import PlanModel
internal import Reporting

/// `execplan runs`: past runs, the latest first; `--prune` removes old ones.
enum RunsCommand {
  static func run(_ invocation: Invocation) throws -> ExitCode {
    let parsed = invocation.parsed
    let json = parsed.value("format") == "json"
    return try Reply.of(invocation, json: json) {
      let limit = parsed.count("limit") ?? 20
      let state: StateDirectory
      var key: String?
      if let word = parsed.positional("PLAN") {
        let reference = try PlanReference.find(invocation, word)
        state = reference.project.state
        key = reference.key
      } else {
        guard let here = ProjectRoot.workingDirectory() else {
          throw CommandFailure(.ioError, "the working directory is gone")
        }
        state = try invocation.project(ofFolder: here).state
      }
      if parsed.has("prune") { return try PruneCommand.run(invocation, state: state, plan: key, json: json) }
      if parsed.has("steps") {
        let reference = try PlanReference.find(invocation, parsed.positional("PLAN"))
        return try trends(invocation, reference, limit: limit, json: json)
      }
      for option in ["keep", "older-than", "dry-run"] where parsed.has(option) {
        throw CommandFailure(.usage, "--\(option) belongs to --prune", advice: "execplan runs --prune --\(option)")
      }
      let view = RunsView(runs: try runs(parsed, in: state, plan: key, limit: limit))
      let console = invocation.console
      if json {
        console.write(view.json())
      } else {
        console.write(view.text(console.outputStyle, width: TerminalSize.of(descriptor: 1)?.width))
      }
      return .success
    }
  }

  private static func runs(
    _ parsed: ParsedCommand, in state: StateDirectory, plan key: String?, limit: Int
  ) throws -> [RunsView.Run] {
    let words = parsed.values("state")
    let wanted = words.isEmpty ? nil : Set(words.compactMap(RunState.init(rawValue:)))
    // A run that was killed is recorded as running, and shown as interrupted.
    let recorded = wanted.map { $0.contains(.interrupted) ? $0.union([.running]) : $0 }
    let summaries = try JournalAccess.read(state) { reader throws(JournalError) in
      try reader.runs(plan: key, states: recorded, limit: recorded == nil ? limit : limit + sparedRuns)
    }
    var runs: [RunsView.Run] = []
    for summary in summaries where runs.count < limit {
      var run = summary.run
      if run.state == .running {
        if case .free = try PlanLock.status(state, plan: run.plan) { run.state = .interrupted }
      }
      if let wanted, !wanted.contains(run.state) { continue }
      var shown = RunsView.Run(
        id: run.id, plan: run.plan, state: run.state, startedAt: run.startedAt, finishedAt: run.finishedAt,
        succeeded: summary.succeeded, failed: summary.failed, skipped: summary.skipped)
      shown.rerunOf = run.rerunOf
      runs.append(shown)
    }
    return runs
  }

  /// How many runs may turn out to be in another state than is recorded of them: one a plan that is executed.
  private static let sparedRuns = 100

  /// How long the steps of a plan took: the newest attempts that succeeded with the present definition.
  private static func trends(
    _ invocation: Invocation, _ reference: PlanReference, limit: Int, json: Bool
  ) throws -> ExitCode {
    let key = reference.key
    let (order, steps) = try JournalAccess.read(reference.project.state) { reader throws(JournalError) in
      var steps: [String: StepTrendsView.Step] = [:]
      for step in try reader.attemptedSteps(plan: key) where UndoName.step(of: step) == nil {
        let durations = try reader.durations(of: step, plan: key, limit: limit)
        if durations.isEmpty { continue }
        steps[step] = StepTrendsView.Step(id: step, durations: durations.reversed().map(\.milliseconds))
      }
      let layout = try reader.latestRun(plan: key).map { run throws(JournalError) in try RunLayout.of(run, reader) }
      return (layout?.order ?? [], steps)
    }
    let known = Set(order)
    let ids = order.filter { steps[$0] != nil } + steps.keys.filter { !known.contains($0) }.sorted()
    let view = StepTrendsView(plan: key, limit: limit, steps: ids.compactMap { steps[$0] })
    let console = invocation.console
    if json {
      console.write(view.json())
    } else {
      console.write(
        view.text(
          console.outputStyle, width: TerminalSize.of(descriptor: 1)?.width, drawsTrend: console.outputIsTerminal))
    }
    return .success
  }
}
