internal import Executor
internal import Journal
internal import PlanModel

/// Where each step stood in the latest run of a plan, for colours.
enum LatestStates {
  /// By node id; empty if the plan was never run. Nothing on disk changes.
  static func read(_ state: StateDirectory, plan key: String) throws -> [String: StepState] {
    let isRunning = (try? PlanLock.status(state, plan: key)).map { $0 != .free } ?? false
    return try JournalAccess.read(state) { journal throws(JournalError) in
      guard let run = try journal.latestRun(plan: key) else { return [:] }
      var states: [String: StepState] = [:]
      // By id, so that the latest attempt of a step is the one that stays.
      for attempt in try journal.attempts(run: run.id) {
        if let found = attempt.state.stepState(isRunning: isRunning) { states[attempt.step] = found }
      }
      for (step, checkpoint) in try journal.checkpoints(run: run.id) { states[step] = checkpoint.outcome.stepState }
      return states
    }
  }
}

extension Attempt.State {
  /// Nil for a claim that was given back.
  fileprivate func stepState(isRunning: Bool) -> StepState? {
    switch self {
    case .claimed: isRunning ? .running : .inDoubt
    case .succeeded: .succeeded
    case .failed, .timedOut, .failedFinally: .failed
    case .cancelled: .cancelled
    case .inDoubt: .inDoubt
    case .waiting: .waiting
    case .released: nil
    }
  }
}

extension Checkpoint.Outcome {
  fileprivate var stepState: StepState {
    switch self {
    case .succeeded, .attested: .succeeded
    case .allowedFailure: .failed
    case .upToDate, .guardHolds, .conditionFalse, .noValue, .skippedByUser: .skipped
    }
  }
}
