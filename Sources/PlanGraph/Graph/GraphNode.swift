/// A node of the graph: a step, the gate at the end of a phase, or a step that always runs at the end.
package struct GraphNode: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The index in `plan.steps`.
    case step(Int)
    /// The index in `plan.phases`. A phase without checks has one too, as a barrier.
    case gate(Int)
    /// The index in `plan.finally`.
    case finally(Int)
  }

  package var kind: Kind
  /// The id of the step, or `gate:PHASE`; a step's id never holds a colon.
  package var id: String

  package init(_ kind: Kind, id: String) {
    self.kind = kind
    self.id = id
  }

  package var isGate: Bool {
    if case .gate = kind { true } else { false }
  }

  package var isFinally: Bool {
    if case .finally = kind { true } else { false }
  }
}
