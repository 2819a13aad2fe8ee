internal import Journal
internal import PlanModel

/// What the journal holds for certain, kept from the writes alone and apart from the journal.
struct Record {
  struct RunStep: Hashable {
    var run: Int64
    var step: String
  }

  struct LegRecord {
    var run: Int64
    var isOver = false
  }

  private(set) var runs: [Int64: RunState] = [:]
  private(set) var legs: [Int64: LegRecord] = [:]
  private(set) var attempts: [Int64: Attempt] = [:]
  private(set) var byStep: [RunStep: [Int64]] = [:]
  private(set) var checkpoints: [RunStep: Checkpoint] = [:]

  func checkpoint(_ step: String, _ run: Int64) -> Checkpoint? { checkpoints[RunStep(run: run, step: step)] }

  /// Attempts of a step in a run that count, in order.
  func attempts(of step: String, _ run: Int64) -> [Attempt] {
    (byStep[RunStep(run: run, step: step)] ?? []).compactMap { attempts[$0] }.filter { $0.state != .released }
  }

  mutating func apply(_ write: JournalWrite) {
    switch write {
    case .beginRun(let run): runs[run.id] = run.state
    case .setRunState(let run, let state, _): runs[run] = state
    case .beginLeg(let leg): legs[leg.id] = LegRecord(run: leg.run)
    case .endLeg(let leg, _, _): legs[leg]?.isOver = true
    case .claim(let attempt):
      attempts[attempt.id] = attempt
      byStep[RunStep(run: attempt.run, step: attempt.step), default: []].append(attempt.id)
    case .endAttempt(let attempt):
      guard let claimed = attempts[attempt.id] else { return }
      attempts[attempt.id] = attempt
      attempts[attempt.id]?.leg = claimed.leg
    case .release(let attempt): attempts[attempt]?.state = .released
    case .checkpoint(let checkpoint): checkpoints[RunStep(run: checkpoint.run, step: checkpoint.step)] = checkpoint
    case .supersede(let run, let steps):
      for step in steps { checkpoints[RunStep(run: run, step: step)] = nil }
    case .plan, .planText, .approve, .takeApprovals, .expireApproval, .liveOutputs, .launched, .event, .setRunPlan,
      .settleConflicts, .adoptPlan, .promoteState, .restoreState,
      .dropPendingState, .useSavedPlan:
      break
    }
  }
}
