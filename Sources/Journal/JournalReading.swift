package import Digest
package import PlanModel

/// What can be asked of a journal; a journal that does not exist yet answers that there is nothing.
package protocol JournalReading {
  /// Random, made with the journal: part of idempotency keys. Nil before the first write.
  func uuid() throws(JournalError) -> String?
  /// All plans, by key.
  func plans() throws(JournalError) -> [PlanRecord]
  func planText(_ digest: SHA256Digest) throws(JournalError) -> String?

  func run(_ id: Int64) throws(JournalError) -> Run?
  func latestRun(plan: String) throws(JournalError) -> Run?
  /// The newest runs of one plan or of all, newest first.
  ///
  /// - Parameter states: nil: in every state.
  func runs(plan: String?, states: Set<RunState>?, limit: Int) throws(JournalError) -> [RunSummary]
  /// Every run that `apply` would go on with: of each plan the latest, if it is unfinished. By id.
  func unfinishedRuns() throws(JournalError) -> [Run]
  /// By id.
  func legs(run: Int64) throws(JournalError) -> [Leg]

  /// All attempts of a run, released ones too, by id.
  func attempts(run: Int64) throws(JournalError) -> [Attempt]
  /// The claims of a plan that have no recorded end, by id. Under the plan's lock all but the caller's
  /// own are those of dead legs.
  func openAttempts(plan: String) throws(JournalError) -> [OpenAttempt]
  /// The checkpoint of each step of a run.
  func checkpoints(run: Int64) throws(JournalError) -> [String: Checkpoint]
  /// Of each step of a run that has no checkpoint any more, the last one: it was dropped or taken back.
  func formerCheckpoints(run: Int64) throws(JournalError) -> [String: Checkpoint]
  /// The checkpoint of one step of a run.
  func checkpoint(of step: String, run: Int64) throws(JournalError) -> Checkpoint?
  /// Of each step that was ever recorded, the latest attempt and the last success in any run.
  func history(plan: String) throws(JournalError) -> [String: StepHistory]

  /// The steps of which an attempt is recorded, by the order of their bytes.
  func attemptedSteps(plan: String) throws(JournalError) -> [String]
  /// Of one step, the newest attempts that succeeded with the definition of the newest of them, newest first.
  func durations(of step: String, plan: String, limit: Int) throws(JournalError) -> [StepDuration]
  /// The attempts of the newest runs of a plan that succeeded, those of the newest run first.
  ///
  /// - Parameter limit: of attempts, so that a large plan is not kept waiting.
  func durations(plan: String, runs: Int, limit: Int) throws(JournalError) -> [StepDuration]

  /// What has been recorded of a plan up to now.
  func position(plan: String) throws(JournalError) -> PlanPosition
  /// How a saved plan was applied; nil while it was not.
  func appliedPlan(_ id: String) throws(JournalError) -> AppliedPlan?

  /// What people said where a plan asks, with a higher number, by number.
  func approvals(plan: String, after id: Int64) throws(JournalError) -> [ApprovalRecord]
  /// The parts of what an approval is about, as they were recorded.
  func approvedParts(_ id: Int64) throws(JournalError) -> [Value.Entry]

  /// The plan's state, by key in the order of its bytes.
  func state(plan: String) throws(JournalError) -> [Value.Entry]
  /// Those values of the state of a run's plan that the run promoted, by key.
  func promotedState(run: Int64) throws(JournalError) -> [PromotedValue]
  /// Events with a higher number, of one run or of all, in order.
  func events(run: Int64?, after sequence: Int64, limit: Int) throws(JournalError) -> [NumberedEvent]
  /// Declared outputs of legs that have not ended, by leg and path; whether a leg still lives, its plan's lock tells.
  func liveOutputs() throws(JournalError) -> [LiveOutput]
}

extension JournalReading {
  package func runs(plan: String?, limit: Int) throws(JournalError) -> [RunSummary] {
    try runs(plan: plan, states: nil, limit: limit)
  }

  package func approvals(plan: String) throws(JournalError) -> [ApprovalRecord] {
    try approvals(plan: plan, after: 0)
  }

  /// The run that `apply` would go on with: the latest, if it is unfinished.
  package func unfinishedRun(plan: String) throws(JournalError) -> Run? {
    guard let run = try latestRun(plan: plan), run.state.isUnfinished else { return nil }
    return run
  }
}
