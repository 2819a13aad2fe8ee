package import PlanModel

/// What the planner says about one step, and why.
package struct StepDecision: Hashable, Sendable {
  package var decision: Decision
  package var reasons: [Reason]
  /// What is done about a conflict of the step, if it is settled.
  package var settlement: SettledConflict?
  /// Why what a settled or open conflict would replace can't be kept.
  package var loss: String?

  package init(_ decision: Decision, _ reasons: [Reason]) {
    self.decision = decision
    self.reasons = reasons
  }

  package init(_ decision: Decision, _ kind: Reason.Kind, _ detail: String = "") {
    self.init(decision, [Reason(kind, detail)])
  }
}
