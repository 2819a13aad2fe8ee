package import PlanModel

/// How a leg ended.
package struct RunResult: Sendable {
  package struct StepResult: Sendable {
    package var id: String
    package var isGate: Bool
    package var state: StepState
    package var reason: String?
    /// The step that keeps it from running.
    package var blockedBy: String?
    package var attempts: Int
    package var exitCode: Int?
    package var duration: Int?
    package var stdoutPath: String?
    package var stderrPath: String?
    /// A failure that the plan allows.
    package var isAllowed: Bool
    /// Whether the invocation dealt with it.
    package var isSelected: Bool
    package var checks: [CheckResult]
    /// What a step that waits is waiting for.
    package var awaited: AwaitedWork?
    /// Why it was not started although nothing kept it: the saved plan says something else, or it is in conflict with
    /// what is there.
    package var refusal: String?
    /// Whether that is because what it would make is there already.
    package var isInConflict = false
  }

  package var run: Int64
  package var state: RunState
  package var exitCode: ExitCode
  package var steps: [StepResult]
  /// Milliseconds of this leg.
  package var duration: Int
  package var jobs: Int

  package func count(_ state: StepState) -> Int { steps.count { $0.state == state } }
}
