package import PlanModel

extension StepState {
  /// How the state is named to people.
  package var word: String {
    switch self {
    case .inDoubt: "in doubt"
    case .rolledBack: "rolled back"
    default: rawValue
    }
  }

  package var role: Style.Role? {
    switch self {
    case .pending: nil
    case .running: .running
    case .succeeded: .success
    case .failed, .inDoubt: .error
    case .skipped, .cancelled, .rolledBack: .skipped
    case .blocked, .waiting: .warning
    }
  }
}

extension StepState {
  /// Whether a person must see to it before the run can be done.
  package var isProblem: Bool {
    switch self {
    case .failed, .inDoubt, .cancelled: true
    case .pending, .running, .succeeded, .skipped, .blocked, .waiting, .rolledBack: false
    }
  }

  /// `3 succeeded, 1 failed, 4 pending`.
  static func counts(_ states: some Sequence<StepState>) -> String {
    var byState: [StepState: Int] = [:]
    for state in states { byState[state, default: 0] += 1 }
    return allCases.compactMap { state in byState[state].map { "\($0) \(state.word)" } }.joined(separator: ", ")
  }
}

extension RunState {
  /// How the state is named to people.
  package var word: String { self == .rolledBack ? "rolled back" : rawValue }

  package var role: Style.Role {
    switch self {
    case .running: .running
    case .succeeded: .success
    case .failed, .interrupted: .error
    case .waiting, .partial: .warning
    case .abandoned, .rolledBack: .skipped
    }
  }
}
