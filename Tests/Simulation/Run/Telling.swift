internal import Journal
internal import PlanModel

/// Writes of the journal as a story tells them.
enum Telling {
  static func text(of write: JournalWrite) -> String? {
    switch write {
    case .beginRun(let run): "run \(run.id) begins"
    case .beginLeg(let leg): "leg \(leg.id) of run \(leg.run) begins"
    case .claim(let attempt): "claim \(attempt.step) (attempt \(attempt.id), number \(attempt.number))"
    case .endAttempt(let attempt):
      "\(attempt.step) \(attempt.state.rawValue) (attempt \(attempt.id))\(attempt.reason.map { ": \($0)" } ?? "")"
    case .release(let attempt): "release attempt \(attempt)"
    case .checkpoint(let checkpoint): "checkpoint \(checkpoint.step) \(checkpoint.outcome.rawValue)"
    case .supersede(_, let steps): "drop the checkpoints of \(steps.joined(separator: ", "))"
    case .setRunState(let run, let state, _): "run \(run) is \(state.rawValue)"
    case .endLeg(let leg, let code, _): "leg \(leg) ends with \(code)"
    case .promoteState(_, _, let entries):
      entries.isEmpty ? nil : "promote \(entries.map(\.key).joined(separator: ", "))"
    case .restoreState(let run): "bring back what the state of run \(run) took the place of"
    case .dropPendingState(let run): "drop the pending state of run \(run)"
    case .useSavedPlan(let applied): "the saved plan \(applied.id) is applied"
    case .approve(let record, _, _): "\(record.by) \(record.decision.rawValue) \(record.step)"
    case .takeApprovals(let run): "run \(run) takes the approvals that were given for it"
    case .expireApproval(let id, _): "approval \(id) has expired"
    case .plan, .planText, .liveOutputs, .launched, .event, .setRunPlan, .settleConflicts, .adoptPlan: nil
    }
  }
}
