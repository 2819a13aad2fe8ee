/// What a plan says for people about its work as a whole; shown by `show`, never executed.
package struct PlanNotes: Hashable, Sendable {
  package struct Risk: Hashable, Sendable {
    package var risk: String
    package var likelihood: String?
    package var impact: String?
    package var mitigation: String?

    package init(risk: String, likelihood: String? = nil, impact: String? = nil, mitigation: String? = nil) {
      self.risk = risk
      self.likelihood = likelihood
      self.impact = impact
      self.mitigation = mitigation
    }
  }

  package struct Milestone: Hashable, Sendable {
    package var name: String
    package var date: String?
    package var criteria: String?

    package init(name: String, date: String? = nil, criteria: String? = nil) {
      self.name = name
      self.date = date
      self.criteria = criteria
    }
  }

  package struct TeamMember: Hashable, Sendable {
    package var role: String
    package var fte: String?

    package init(role: String, fte: String? = nil) {
      self.role = role
      self.fte = fte
    }
  }

  /// When the work is to be done, and by how many.
  package struct Schedule: Hashable, Sendable {
    package var start: String?
    package var target: String?
    package var teamSize: String?
    package var sprints: String?

    package init() {}

    package var isEmpty: Bool { self == Schedule() }
  }

  /// A condition that people check at a point of the plan.
  package struct QualityGate: Hashable, Sendable {
    /// Where it stands: at the end of a phase, or at the beginning of one.
    package enum Place: Hashable, Sendable {
      case after(phase: String)
      case before(phase: String)
    }

    package var name: String
    /// As it is written.
    package var timing: String?
    package var criteria: String?
    /// Nil if the timing names no phase.
    package var place: Place?

    package init(name: String, timing: String? = nil, criteria: String? = nil, place: Place? = nil) {
      self.name = name
      self.timing = timing
      self.criteria = criteria
      self.place = place
    }
  }

  package var purpose: String?
  package var schedule = Schedule()
  package var team: [TeamMember] = []
  package var infrastructure: [String] = []
  package var budget: String?
  package var successFactors: [String] = []
  package var risks: [Risk] = []
  package var milestones: [Milestone] = []
  package var qualityGates: [QualityGate] = []

  package init() {}
}
