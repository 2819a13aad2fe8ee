package import PlanModel

/// The summary of a plan for review.
package struct ShowView: Sendable {
  package struct Section: Hashable, Sendable {
    /// `purpose`, `progress`, …, `other`.
    package var kind: String
    package var heading: String
    package var line: Int
    package var level: Int

    package init(kind: String, heading: String, line: Int, level: Int) {
      self.kind = kind
      self.heading = heading
      self.line = line
      self.level = level
    }
  }

  package struct Progress: Hashable, Sendable {
    package var done: Int
    package var open: Int
    package var other: Int
    /// Milliseconds since 1970, UTC.
    package var lastActivity: Int64?

    package init(done: Int, open: Int, other: Int, lastActivity: Int64? = nil) {
      self.done = done
      self.open = open
      self.other = other
      self.lastActivity = lastActivity
    }
  }

  package struct Phase: Sendable {
    package var id: String
    package var title: String?
    package var objective: String?
    package var owner: String?
    package var estimate: Estimate?
    package var deliverables: [String]
    /// The phases that must be done before.
    package var needs: [String]
    /// What each check of the gate says, one line each.
    package var gate: [String]
    /// The ids of its steps.
    package var steps: [String]
    /// What people confirm at its end.
    package var criteria: [String] = []
    /// What it depends on as it is written, where that is more than `needs`.
    package var dependencies: String?
    /// The effort as it is written, where it is no working time.
    package var effort: String?
    package var isComponent = false
    /// Whether it says itself what it needs, be it nothing.
    package var hasNeeds = false

    package init(
      id: String, title: String? = nil, objective: String? = nil, owner: String? = nil, estimate: Estimate? = nil,
      deliverables: [String] = [], needs: [String] = [], gate: [String] = [], steps: [String] = []
    ) {
      self.id = id
      self.title = title
      self.objective = objective
      self.owner = owner
      self.estimate = estimate
      self.deliverables = deliverables
      self.needs = needs
      self.gate = gate
      self.steps = steps
    }
  }

  /// What one agent leaves for another.
  package struct Handoff: Hashable, Sendable {
    /// The step that leaves it.
    package var step: String
    /// The role of the receiver.
    package var receiver: String
    package var artifacts: [String]
    package var requirements: [String]

    package init(step: String, receiver: String, artifacts: [String], requirements: [String]) {
      self.step = step
      self.receiver = receiver
      self.artifacts = artifacts
      self.requirements = requirements
    }
  }

  package struct Step: Sendable {
    package var id: String
    package var title: String?
    package var action: String
    package var phase: String?
    package var owner: String?
    package var estimate: Estimate?
    package var needs: [String]
    /// Runs at the end of every run.
    package var isFinally: Bool
    package var labels: [String] = []
    /// Whether it stands for a task that is listed, too.
    package var isTask = false

    package init(
      id: String, title: String? = nil, action: String, phase: String? = nil, owner: String? = nil,
      estimate: Estimate? = nil, needs: [String] = [], isFinally: Bool = false
    ) {
      self.id = id
      self.title = title
      self.action = action
      self.phase = phase
      self.owner = owner
      self.estimate = estimate
      self.needs = needs
      self.isFinally = isFinally
    }
  }

  package struct Candidate: Hashable, Sendable {
    package var line: Int
    package var language: String?

    package init(line: Int, language: String?) {
      self.line = line
      self.language = language
    }
  }

  /// Working time between two bounds.
  package struct WorkingTime: Hashable, Sendable {
    package var lowMinutes: Int
    package var highMinutes: Int

    package init(lowMinutes: Int, highMinutes: Int) {
      self.lowMinutes = lowMinutes
      self.highMinutes = highMinutes
    }
  }

  /// An answer that the reader may give, and the command that gives it.
  package struct Answer: Hashable, Sendable {
    /// `approve all`, `modify`.
    package var answer: String
    package var command: String

    package init(_ answer: String, command: String) {
      self.answer = answer
      self.command = command
    }
  }

  package var title: String
  /// The plan's key.
  package var plan: String
  /// What task tables list.
  package var tasks: [PlanTask] = []
  /// The lines of the tasks, in their order.
  package var taskLines: [Int] = []
  package var relations: [PlanRelation] = []
  /// `yaml`, `markdown` or `json`.
  package var dialect: String
  package var strategy: Plan.Strategy?
  package var notes: PlanNotes
  package var sections: [Section] = []
  package var progress: Progress?
  package var phases: [Phase] = []
  package var handoffs: [Handoff] = []
  package var steps: [Step] = []
  /// The steps that are no tasks.
  var plainSteps: [Step] { steps.filter { !$0.isTask } }
  package var candidates: [Candidate] = []
  package var criticalPath: [String] = []
  /// Along the critical path; nil without estimates.
  package var criticalTime: WorkingTime?
  /// Of all steps and of phases without estimated steps; nil without estimates.
  package var summedTime: WorkingTime?
  package var calendar = WorkCalendar()
  package var answers: [Answer] = []

  package init(title: String, plan: String, dialect: String, notes: PlanNotes) {
    self.title = title
    self.plan = plan
    self.dialect = dialect
    self.notes = notes
  }
}
