package import Digest
package import PlanModel

/// One change of the journal; several are committed together.
package enum JournalWrite: Hashable, Sendable {
  /// Where a plan's file is now, and its title; a nil title keeps the one that is known.
  case plan(key: String, path: String, title: String?)
  /// The canonical text of a plan; kept once however many runs execute it.
  case planText(SHA256Digest, json: String)
  /// A new run; its plan is made known if it is not.
  case beginRun(Run)
  /// A new leg; the live outputs of earlier legs of the plan are dropped.
  case beginLeg(Leg)
  /// What the leg declares to write, beside what it declared before: items that it finds may write more.
  case liveOutputs(leg: Int64, paths: [String])
  /// A saved plan is applied, and can't be again: fails if it was.
  case useSavedPlan(AppliedPlan)
  /// What a person said, with the parts of what it is about.
  ///
  /// - Parameter joins: whether it counts for the plan's unfinished run, if there is one.
  case approve(ApprovalRecord, parts: [Value.Entry], joins: Bool)
  /// Approvals that were given for the next run of the run's plan count for it from now on, and for no other.
  case takeApprovals(run: Int64)
  /// It was seen that an approval has expired.
  case expireApproval(Int64, at: Int64)
  case claim(Attempt)
  /// When and as what the attempt was launched.
  case launched(attempt: Int64, pid: Int, at: Int64)
  /// State, fingerprint, times, exit, reason and retry of an attempt as they are now; a later one decides
  /// again, as `resolve` does.
  case endAttempt(Attempt)
  /// Gives a claim back that was never launched.
  case release(attempt: Int64)
  /// Supersedes the one that the step has in this run.
  case checkpoint(Checkpoint)
  /// Takes the checkpoints of steps away as evidence; they are kept as history.
  case supersede(run: Int64, steps: [String])
  case event(run: Int64, Event)
  case setRunState(run: Int64, RunState, finishedAt: Int64?)
  /// The plan that a run is executed with from now on: it was edited or moved since the run began.
  case setRunPlan(run: Int64, SHA256Digest, path: String)
  /// What was decided about what was there already, all of it anew.
  case settleConflicts(run: Int64, [SettledConflict])
  /// Makes the plan of a run another one's earlier self, with all of its runs and its state: its file was renamed.
  case adoptPlan(run: Int64, key: String, path: String)
  /// Drops the leg's live outputs, too.
  case endLeg(leg: Int64, exitCode: Int, at: Int64)
  /// Makes values the plan's state.
  case promoteState(plan: String, run: Int64, [Value.Entry])
  /// Brings back what values of a run took the place of when they became the plan's state.
  case restoreState(run: Int64)
  /// Forgets what the checkpoints of a run would promote.
  case dropPendingState(run: Int64)
}
