package import Digest
internal import PlanGraph
package import PlanModel
internal import SourceText

/// A node of the graph as the planner and the executor see it: a step, or a phase's gate as a step of checks.
package struct PlannedNode: Sendable {
  package var step: Step
  package var phase: String?
  package var isGate: Bool
  /// Whether it stands under `finally`, of this plan or of one that is called.
  package var isFinally: Bool
  package var definition: StepDefinition
  package var digest: SHA256Digest

  package var id: String { step.id.value }

  /// Whether it stands for the members of a group: it is done when they are, and what it comes to is made of theirs.
  package var isGroup: Bool { step.standsForOthers }

  /// Nothing is done for it, it only orders others: a group, or a gate without checks.
  package var isBarrier: Bool {
    if isGroup { return true }
    guard isGate, case .check(let action) = step.action else { return false }
    return action.checks.isEmpty
  }

  /// Whether it shows what items are like and finds them; it is never carried out itself.
  package var isTemplate: Bool { step.expansion != nil }

  /// Whether people are asked here.
  package var isApproval: Bool { if case .approve = step.action { true } else { false } }

  /// Whether they are asked because of `approval:` of the plan, or of one that it calls: no step of the plan.
  package var isDemandedApproval: Bool { isApproval && id.utf8.contains(UInt8(ascii: ":")) }

  /// Whether those that need it look at what it came to. That people agree changes nothing that a step works with.
  package var hasResult: Bool { (!isBarrier || isGroup) && !isTemplate && !isApproval }

  /// What plans, events and tables call its action.
  package var actionName: String { isGate ? "gate" : step.actionName }
}

extension PlannedNode {
  /// What belongs to no graph: a notice about the end of a run.
  package init(beside step: Step) {
    let definition = StepDefinition(fields: [])
    self.init(
      step: step, phase: nil, isGate: false, isFinally: false, definition: definition, digest: definition.digest)
  }
}
