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

  package var purpose: String?
  package var team: [TeamMember] = []
  package var infrastructure: [String] = []
  package var budget: String?
  package var successFactors: [String] = []
  package var risks: [Risk] = []
  package var milestones: [Milestone] = []

  package init() {}
}
