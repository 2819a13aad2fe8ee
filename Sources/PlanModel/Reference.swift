/// A name that an expression reads.
package enum Reference: Hashable, Sendable {
  /// `params.K`
  case parameter(String)
  /// `env.K`: the plan's declared map, never the environment of the process.
  case environment(String)
  /// `secrets.K`
  case secret(String)
  /// `steps.ID.values.K`
  case stepValue(step: String, key: String)
  /// `steps.ID.status`: `succeeded`, `failed` or `skipped`.
  case stepStatus(step: String)
  /// `state.K`: the value from before the run.
  case state(String)
  /// `run.id`, `run.started_at`, `run.date`, `run.resumed`, `run.state`.
  case run(RunMember)
  /// `plan.id`, `plan.title`, `plan.path`.
  case plan(PlanMember)
  /// `values.K`: a value of the step itself, in its `state:` map and its `undo:` only.
  case ownValue(String)
  /// `item.key`, `item.value`, `item.index`.
  case item(ItemMember)

  package enum RunMember: String, Hashable, Sendable, CaseIterable {
    case id
    case startedAt = "started_at"
    case date
    case resumed
    case state
  }

  package enum PlanMember: String, Hashable, Sendable, CaseIterable {
    case id
    case title
    case path
  }

  package enum ItemMember: String, Hashable, Sendable, CaseIterable {
    case key
    case value
    case index
  }

  /// Whether the value is known before anything runs.
  package var isStatic: Bool {
    switch self {
    case .parameter, .environment, .plan: true
    case .secret, .stepValue, .stepStatus, .state, .run, .ownValue, .item: false
    }
  }

  /// Whether it reads the item of a `foreach`.
  package var isItem: Bool {
    if case .item = self { true } else { false }
  }

  /// The step that the reference reads, if it reads one.
  package var step: String? {
    switch self {
    case .stepValue(let step, _), .stepStatus(let step): step
    default: nil
    }
  }

  /// As it is written in an expression.
  package var text: String {
    switch self {
    case .parameter(let name): "params.\(name)"
    case .environment(let name): "env.\(name)"
    case .secret(let name): "secrets.\(name)"
    case .stepValue(let step, let key):
      key.hasPrefix(Handoff.prefix) ? "steps.\(step).\(key)" : "steps.\(step).values.\(key)"
    case .stepStatus(let step): "steps.\(step).status"
    case .state(let name): "state.\(name)"
    case .run(let member): "run.\(member.rawValue)"
    case .plan(let member): "plan.\(member.rawValue)"
    case .ownValue(let name): "values.\(name)"
    case .item(let member): "item.\(member.rawValue)"
    }
  }
}
