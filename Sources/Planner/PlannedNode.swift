package import Digest
internal import PlanGraph
package import PlanModel
internal import SourceText

/// A node of the graph as the planner and the executor see it: a step, or a phase's gate as a step of checks.
package struct PlannedNode: Sendable {
  package var step: Step
  package var phase: String?
  package var isGate: Bool
  package var isFinally: Bool
  package var definition: StepDefinition
  package var digest: SHA256Digest

  package var id: String { step.id.value }

  /// A gate without checks: nothing is evaluated, it only orders the phases.
  package var isBarrier: Bool {
    guard isGate, case .check(let action) = step.action else { return false }
    return action.checks.isEmpty
  }

  /// What plans, events and tables call its action.
  package var actionName: String { isGate ? "gate" : step.action.kind.rawValue }
}
