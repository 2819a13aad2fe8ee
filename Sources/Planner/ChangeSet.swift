package import PlanModel

/// What the planner says about every step of a plan.
package struct ChangeSet: Sendable {
  package struct Entry: Sendable {
    /// The step's id, or `gate:PHASE`.
    package var id: String
    package var phase: String?
    /// The action's name, or `gate`.
    package var action: String
    package var idempotence: IdempotenceClass
    package var needs: [String]
    package var decision: StepDecision
    /// What a step that runs would do to a file; nil when nobody asked, or when it is not known yet.
    package var change: PathChange?

    package init(
      id: String, phase: String?, action: String, idempotence: IdempotenceClass, needs: [String],
      decision: StepDecision, change: PathChange? = nil
    ) {
      self.id = id
      self.phase = phase
      self.action = action
      self.idempotence = idempotence
      self.needs = needs
      self.decision = decision
      self.change = change
    }
  }

  package var entries: [Entry]

  package init(entries: [Entry]) {
    self.entries = entries
  }

  package func count(_ decision: Decision) -> Int {
    entries.count { $0.decision.decision == decision }
  }

  /// Whether there is anything but steps to skip.
  package var hasChanges: Bool { entries.contains { $0.decision.decision != .skip } }
}
