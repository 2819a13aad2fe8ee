package import PlanModel

/// Where the last run of a plan stands.
package struct StatusView: Sendable {
  package struct Run: Sendable {
    package var id: Int64
    package var state: RunState
    /// Milliseconds since 1970, UTC.
    package var startedAt: Int64
    package var finishedAt: Int64?
    /// The finished run of which it repeats a part.
    package var rerunOf: Int64?

    package init(id: Int64, state: RunState, startedAt: Int64, finishedAt: Int64? = nil, rerunOf: Int64? = nil) {
      self.id = id
      self.state = state
      self.startedAt = startedAt
      self.finishedAt = finishedAt
      self.rerunOf = rerunOf
    }
  }

  package struct Step: Sendable {
    package var id: String
    package var state: StepState
    package var attempts: Int
    package var exitCode: Int?
    package var durationMilliseconds: Int64?
    /// What the last attempt used.
    package var usage: AttemptUsage?
    package var reason: String?
    /// The step because of which it did not run.
    package var blockedBy: String?
    /// Whether it failed and the plan allows that.
    package var isAllowed: Bool
    /// What was decided about what was there already.
    package var conflict: SettledConflict?
    /// Where the prompt is that somebody works on.
    package var prompt: String?
    /// What it has handed off: to whom, and where the package is.
    package var handoffs: [Handoff] = []

    package struct Handoff: Hashable, Sendable {
      package var receiver: String
      package var path: String

      package init(receiver: String, path: String) {
        self.receiver = receiver
        self.path = path
      }
    }

    package init(
      id: String, state: StepState, attempts: Int = 0, exitCode: Int? = nil, durationMilliseconds: Int64? = nil,
      usage: AttemptUsage? = nil, reason: String? = nil, isAllowed: Bool = false
    ) {
      self.id = id
      self.state = state
      self.attempts = attempts
      self.exitCode = exitCode
      self.durationMilliseconds = durationMilliseconds
      self.usage = usage
      self.reason = reason
      self.isAllowed = isAllowed
    }
  }

  /// The plan's key.
  package var plan: String
  /// Nil: it was never run.
  package var run: Run?
  package var steps: [Step]
  package var nextCommand: String?
  /// What people said where the plan asks.
  package var approvals: [ReportedApproval] = []

  package init(plan: String, run: Run?, steps: [Step] = [], nextCommand: String? = nil) {
    self.plan = plan
    self.run = run
    self.steps = steps
    self.nextCommand = nextCommand
  }
}
