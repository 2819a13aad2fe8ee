/// Where a step of a run stands.
package enum StepState: String, Hashable, Sendable, CaseIterable {
  case pending, running, succeeded, failed, skipped, blocked, waiting
  case inDoubt = "in_doubt"
  case cancelled
  case rolledBack = "rolled_back"
}
