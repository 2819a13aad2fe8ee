package import SourceText

/// What several steps are together: the items of a `foreach`.
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

  package var members: [Member]

  package init(members: [Member]) {
    self.members = members
  }
}

/// What a step has to do with a group.
package indirect enum StepPart: Hashable, Sendable {
  /// The step was made of the one with this id, for an item.
  case member(of: String, item: ForeachItem)
  /// The step stands for all its members.
  case group(StepGroup)
}

extension Step {
  /// The group that the step stands for.
  package var group: StepGroup? {
    guard hasDetails, case .group(let group)? = box.details.part else { return nil }
    return group
  }

  /// Whether the step only stands for others; without an item it is a step that does nothing.
  package var standsForOthers: Bool { group.map { !$0.members.isEmpty } ?? false }

  /// The item that the step was made for.
  package var item: ForeachItem? {
    guard hasDetails, case .member(_, let item)? = box.details.part else { return nil }
    return item
  }

  /// The id of the group that the step belongs to.
  package var groupID: String? {
    guard hasDetails, case .member(let id, _)? = box.details.part else { return nil }
    return id
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
  package var actionName: String { group == nil ? action.kind.rawValue : "foreach" }
}
