/// What the planner says about one step, and why.
package struct StepDecision: Hashable, Sendable {
  package var decision: Decision
  package var reasons: [Reason]

  package init(_ decision: Decision, _ reasons: [Reason]) {
    self.decision = decision
    self.reasons = reasons
  }

  package init(_ decision: Decision, _ kind: Reason.Kind, _ detail: String = "") {
    self.init(decision, [Reason(kind, detail)])
  }
}
