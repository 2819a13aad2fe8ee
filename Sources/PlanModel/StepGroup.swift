package import SourceText

/// What several steps are together: the items of a `foreach`, or the steps of a plan that is called.
///
/// A step of its own stands for the group under the id that the author wrote. It does nothing, is done when its
/// members are, and what dependents read of it is made of theirs.
package struct StepGroup: Hashable, Sendable {
  package struct Member: Hashable, Sendable {
    package var key: String
    /// The id of the step.
    package var step: String

    package init(key: String, step: String) {
      self.key = key
      self.step = step
    }
  }

  package enum Kind: Hashable, Sendable {
    case foreach
    /// With the values that the called plan shows.
    case call([Step.Variable])
  }

  package var members: [Member]
  package var kind: Kind
  /// The ids of the steps under `finally` of a plan that is called: the group is done when they are, too.
  package var closing: [String] = []
  /// The id of the step that finds the members while the plan is executed; nil: they are all there.
  package var expansion: String?

  package init(members: [Member], kind: Kind = .foreach, expansion: String? = nil) {
    self.members = members
    self.kind = kind
    self.expansion = expansion
  }
}

/// What a step has to do with a group.
package indirect enum StepPart: Hashable, Sendable {
  /// The step was made of the one with this id, for an item.
  case member(of: String, item: ForeachItem)
  /// The step stands for all its members.
  case group(StepGroup)
  /// The step shows what each item is like, and finds the items when what it needs is done.
  case template(StepExpansion)
  /// The step was made of the template of the one with this id, for an item that a run has found.
  case found(of: String, item: ForeachItem)
}

extension Step {
  /// The group that the step stands for.
  package var group: StepGroup? {
    guard hasDetails, case .group(let group)? = box.details.part else { return nil }
    return group
  }

  /// Whether the step only stands for others; without an item it is a step that does nothing.
  package var standsForOthers: Bool { group.map { !$0.members.isEmpty || $0.expansion != nil } ?? false }

  /// The item that the step was made for.
  package var item: ForeachItem? {
    guard hasDetails else { return nil }
    switch box.details.part {
    case .member(_, let item), .found(_, let item): return item
    case .group, .template, nil: return nil
    }
  }

  /// How the step finds its items while the plan is executed. It is never carried out itself.
  package var expansion: StepExpansion? {
    guard hasDetails, case .template(let expansion)? = box.details.part else { return nil }
    return expansion
  }

  /// Whether the step was made for an item that a run has found.
  package var isFound: Bool {
    guard hasDetails, case .found? = box.details.part else { return false }
    return true
  }

  /// The id of the group that the step belongs to: the step of which it is an item, or that calls its plan.
  package var groupID: String? {
    let id = core[0].id.value
    if id.hasSuffix("]"), let open = id.lastIndex(of: "[") { return String(id[..<open]) }
    return id.lastIndex(of: "/").map { String(id[..<$0]) }
  }

  /// The step that stands for a group of others.
  package static func standing(for group: StepGroup, of template: Step, needs: [Located<String>]) -> Step {
    var step = Step(id: template.id, action: .check(CheckAction(checks: [])), actionRange: template.actionRange)
    step.title = template.title
    step.phase = template.phase
    step.needs = needs
    var details = StepDetails()
    details.isGate = template.isGate
    details.allowFailure = template.allowFailure
    details.part = .group(group)
    step.details = details
    return step
  }

  /// What plans, events and tables call its action.
  package var actionName: String {
    if hasDetails, box.details.takesBack != nil { return "undo" }
    return switch group?.kind {
    case .foreach: "foreach"
    case .call: "call"
    case nil: action.kind.rawValue
    }
  }
}
