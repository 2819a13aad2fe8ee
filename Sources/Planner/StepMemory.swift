package import PlanModel

/// What earlier runs know of a step.
package struct StepMemory: Sendable {
  /// The latest recorded attempt in any run of the plan.
  package var latestAttempt: Attempt.State?
  /// The latest success in any run of the plan that still counts as evidence.
  package var lastSuccess: Checkpoint?

  package init(latestAttempt: Attempt.State? = nil, lastSuccess: Checkpoint? = nil) {
    self.latestAttempt = latestAttempt
    self.lastSuccess = lastSuccess
  }

  /// Whether the last thing that happened to the step was a success.
  package var endedWell: Bool { latestAttempt == nil || latestAttempt == .succeeded }
}
