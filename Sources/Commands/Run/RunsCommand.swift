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
      for option in ["keep", "older-than", "dry-run"] where parsed.has(option) {
        throw CommandFailure(.usage, "--\(option) belongs to --prune", advice: "execplan runs --prune --\(option)")
      }
      let summaries = try JournalAccess.read(state) { reader throws(JournalError) in
        try reader.runs(plan: key, limit: limit)
      }
      let view = RunsView(
        runs: try summaries.map { summary in
          var run = summary.run
          if run.state == .running {
            if case .free = try PlanLock.status(state, plan: run.plan) { run.state = .interrupted }
          }
          var shown = RunsView.Run(
            id: run.id, plan: run.plan, state: run.state, startedAt: run.startedAt, finishedAt: run.finishedAt,
            succeeded: summary.succeeded, failed: summary.failed, skipped: summary.skipped)
          shown.rerunOf = run.rerunOf
          return shown
        })
      let console = invocation.console
      if json {
        console.write(view.json())
      } else {
        console.write(view.text(console.outputStyle, width: TerminalSize.of(descriptor: 1)?.width))
      }
      return .success
    }
  }
}
