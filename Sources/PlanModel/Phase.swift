package import SourceText

/// A named group of steps with an objective, deliverables, an estimate and a gate.
package struct Phase: Hashable, Sendable {
  package var id: Located<String>
  package var title: String?
  package var objective: String?
  package var estimate: Estimate?
  package var owner: String?
  package var deliverables: [String] = []
  /// What must hold before a later phase starts.
  package var gate: [Check] = []
  /// What people confirm before a later phase starts: the acceptance criteria and quality gates of a component.
  package var criteria: [String] = []
  /// What the plan says must be done before, as it is written, where it is more than `needs`.
  package var dependencies: String?
  /// The phases that must be done before; nil: the phase listed before this one.
  package var needs: [Located<String>]?
  /// The effort as it is written, where it is no working time.
  package var effort: String?
  /// Whether it is a part of the work rather than a stretch of time: `### Component: NAME`.
  package var isComponent = false

  package init(id: Located<String>) {
    self.id = id
  }
}
