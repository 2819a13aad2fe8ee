package import PlanModel
package import Planner

/// The change set as it is shown: what will be done with every step, and why.
package struct PlanView: Sendable {
  package struct Reason: Hashable, Sendable {
    /// A stable name in snake_case: `first_run`, `definition_changed`.
    package var kind: String
    /// For people: `definition changed: run, env`.
    package var detail: String

    package init(kind: String, detail: String) {
      self.kind = kind
      self.detail = detail
    }
  }

  package struct Step: Sendable {
    package var id: String
    package var title: String?
    package var phase: String?
    /// The action's key, or `gate`.
    package var action: String
    package var decision: Decision
    package var reasons: [Reason]
    package var idempotence: IdempotenceClass
    package var needs: [String]
    /// For an unknown decision: the steps whose end decides it.
    package var until: [String]
    package var labels: [String] = []
    /// What it would do to a file, if that was asked and is known.
    package var diff: PathDiff?

    package init(
      id: String, title: String? = nil, phase: String? = nil, action: String, decision: Decision,
      reasons: [Reason] = [], idempotence: IdempotenceClass, needs: [String] = [], until: [String] = [],
      diff: PathDiff? = nil
    ) {
      self.id = id
      self.title = title
      self.phase = phase
      self.action = action
      self.decision = decision
      self.reasons = reasons
      self.idempotence = idempotence
      self.needs = needs
      self.until = until
      self.diff = diff
    }
  }

  package struct Phase: Sendable {
    package var id: String
    package var title: String?

    package init(id: String, title: String? = nil) {
      self.id = id
      self.title = title
    }
  }

  package struct Saved: Sendable {
    package var file: String
    package var id: String

    package init(file: String, id: String) {
      self.file = file
      self.id = id
    }
  }

  /// The plan's key.
  package var plan: String
  package var title: String
  package var digest: String
  /// The run that would be continued; nil for a new one.
  package var run: Int64?
  package var phases: [Phase]
  /// In an order in which they could run.
  package var steps: [Step]
  /// The command that does what is shown.
  package var nextCommand: String?
  /// Where it was saved.
  package var saved: Saved?
  /// Which steps are selected, if not all are.
  package var selection: SelectionView?
  /// Whether each step says what it would do to a file.
  package var showsDiffs = false
  /// Whether it is said of which steps nothing says that repeating them is needless.
  package var hintsAtRepetition = true

  package init(
    plan: String, title: String, digest: String, run: Int64? = nil, phases: [Phase] = [], steps: [Step],
    nextCommand: String? = nil
  ) {
    self.plan = plan
    self.title = title
    self.digest = digest
    self.run = run
    self.phases = phases
    self.steps = steps
    self.nextCommand = nextCommand
  }

  package func count(_ decision: Decision) -> Int { steps.count { $0.decision == decision } }

  /// Whether there is nothing to do at all.
  package var isUpToDate: Bool { steps.allSatisfy { $0.decision == .skip } }
}
