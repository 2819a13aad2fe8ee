/// A node of the graph: a step, the gate at the end of a phase, or a step that always runs at the end.
package struct GraphNode: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The index in `plan.steps`.
    case step(Int)
    /// The index in `plan.phases`. A phase without checks has one too, as a barrier.
    case gate(Int)
    /// The index in `plan.finally`.
    case finally(Int)
    /// What people are asked before anything of a phase begins, by its index in `plan.phases`; nil: of the plan.
    case approval(Int?)
  }

  package var kind: Kind
  /// The id of the step, `gate:PHASE`, `approval:PHASE` or `approval:plan`; a step's id never holds a colon.
  package var id: String

  package init(_ kind: Kind, id: String) {
    self.kind = kind
    self.id = id
  }

  package var isGate: Bool {
    if case .gate = kind { true } else { false }
  }

  package var isApproval: Bool {
    if case .approval = kind { true } else { false }
  }

  package var isFinally: Bool {
    if case .finally = kind { true } else { false }
  }
}
