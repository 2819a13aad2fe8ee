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
