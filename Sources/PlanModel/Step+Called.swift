internal import SourceText

/// Steps of a plan that another one calls: their ids begin with that of the step that calls it, `deploy/build`.
extension Step {
  /// Whether the step stands in a plan that another one calls. The `env` of the plan that is executed is not for it.
  package var isCalled: Bool { core[0].id.value.utf8.contains(UInt8(ascii: "/")) }

  /// The id of the step that calls the plan at whose end the step runs; nil for all that is not under its `finally`.
  package var closes: String? { hasDetails ? box.details.closes : nil }

  /// What stands before the names of its state: each call of a plan has a state of its own.
  package var statePrefix: String {
    let id = core[0].id.value
    guard let slash = id.lastIndex(of: "/") else { return "" }
    return String(id[...slash])
  }
}

extension Plan {
  /// The variables that the plan gives to a step.
  package func environment(of step: borrowing Step) -> [Step.Variable] { step.isCalled ? [] : env }
}
