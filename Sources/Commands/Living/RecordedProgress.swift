internal import Executor
internal import Journal
internal import PlanDocument
internal import PlanModel
internal import Planner

/// What the journal says about the living sections of a plan.
///
/// A tick is derived from checkpoints: the last success of each step, unless it failed after that.
struct RecordedProgress {
  var facts = LivingFacts()
  /// The latest run; nil if there was none.
  var run: Run?
  /// Whether a step of that run is in doubt.
  var hasDoubt = false

  /// - Parameter withEnd: whether the end of the latest run is to be told.
  static func read(_ runnable: RunnablePlan, withEnd: Bool) throws(CommandFailure) -> RecordedProgress {
    let key = runnable.planned.plan.key
    let state = runnable.site.state
    return try JournalAccess.read(state) { reader throws(JournalError) in
      let history = try reader.history(plan: key).heedingUndo()
      var recorded = RecordedProgress()
      recorded.run = try reader.latestRun(plan: key)
      let nodes = try runnable.base.finding(itemsOf: recorded.run, in: reader).nodes
      // The steps and gates of each phase.
      var phases: [String: [String]] = [:]
      for node in nodes {
        recorded.facts.items[node.id] = self.state(history[node.id])
        if let phase = node.phase, !node.isBarrier { phases[phase, default: []].append(node.id) }
      }
      var unneeded: Set<String> = []
      if let run = recorded.run {
        for (id, checkpoint) in try reader.checkpoints(run: run.id) where checkpoint.outcome == .conditionFalse {
          unneeded.insert(id)
        }
        if run.state.isUnfinished {
          let states = try RunStates.read(run, reader, state, isLive: false)
          recorded.hasDoubt = states.contains { $0.state == .inDoubt }
        }
      }
      for (phase, steps) in phases where recorded.facts.items[phase] == nil {
        recorded.facts.items[phase] = self.state(steps, unneeded, recorded.facts)
      }
      if withEnd, let run = recorded.run { recorded.facts.end = try end(of: run, reader) }
      return recorded
    }
  }

  private static func state(_ history: StepHistory?) -> LivingFacts.ItemState {
    guard let success = history?.lastSuccess else { return .notDone }
    if let attempt = history?.latestAttempt, (attempt.endedAt ?? 0) > success.endedAt {
      switch attempt.state {
      case .failed, .timedOut, .cancelled, .inDoubt, .failedFinally: return .notDone
      case .claimed, .succeeded, .waiting, .released: break
      }
    }
    return .done(at: success.endedAt / 1000)
  }

  /// A phase is done when its last step is, and its gate. Steps whose condition is false count as done if any other is.
  private static func state(
    _ steps: [String], _ unneeded: Set<String>, _ facts: LivingFacts
  ) -> LivingFacts.ItemState {
    var latest: Int64?
    for step in steps {
      if case .done(let time)? = facts.items[step] {
        latest = max(latest ?? time, time)
      } else if !unneeded.contains(step) {
        return .notDone
      }
    }
    return latest.map { .done(at: $0) } ?? .notDone
  }

  /// A run in which everything was up to date has nothing to tell.
  private static func end(of run: Run, _ reader: any JournalReading) throws(JournalError) -> LivingFacts.End? {
    guard run.state == .succeeded, let summary = try reader.runs(plan: run.plan, limit: 1).first,
      summary.succeeded > 0
    else { return nil }
    let done = summary.succeeded
    var counts = done == 1 ? "1 step ran and succeeded" : "\(done) steps ran and succeeded"
    if summary.skipped > 0 { counts += ", \(summary.skipped) skipped" }
    return .init(run: run.id, state: "succeeded", counts: counts, at: (run.finishedAt ?? run.startedAt) / 1000)
  }
}
