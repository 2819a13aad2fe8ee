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
  /// The phases that must be done before; nil: the phase listed before this one.
  package var needs: [Located<String>]?

  package init(id: Located<String>) {
    self.id = id
  }
}
