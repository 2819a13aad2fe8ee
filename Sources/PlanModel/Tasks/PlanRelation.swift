package import SourceText

/// What a plan says about another plan.
package struct PlanRelation: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The other plan must be done before this one.
    case dependsOn = "depends_on"
    /// The other plan had better be done before this one.
    case soft
    /// The other plan waits for this one.
    case precedes
    /// The other plan is the master plan of this one.
    case master
    /// The other plan is listed in this one's table of plans.
    case lists
  }

  package var kind: Kind
  /// The other plan as it is named: a path, or an id.
  package var target: Located<String>
  /// The plan that has the relation, where a table of plans says it about two others; nil: the plan itself.
  package var subject: Located<String>?

  package init(_ kind: Kind, target: Located<String>, subject: Located<String>? = nil) {
    self.kind = kind
    self.target = target
    self.subject = subject
  }
}
