package import PlanModel
package import Planner

/// What a rollback does about one step, and why.
package struct RollbackEntry: Sendable {
  package enum Way: Hashable, Sendable {
    /// The plan says how.
    case action
    /// Files are made as they were.
    case restore
    /// The action's own program takes it back.
    case external
    /// There is nothing to take back, and why.
    case nothing(String)
    /// Nothing takes it back, and why.
    case irreversible(String)
    /// Nothing takes it back, and why; the person knows.
    case passed(String)
    /// Whether it took effect must be decided first, and why.
    case doubtful(String)
  }

  package var step: String
  package var title: String?
  package var phase: String?
  /// The action that takes it back: `run`, `restore`.
  package var action: String
  package var way: Way
  /// Files that are made as they were.
  package var paths: [String] = []
  /// Of those that somebody changed since: what making them as they were would replace.
  package var conflicts: [PathChange] = []
  /// Whether it may be repeated.
  package var idempotence: IdempotenceClass
}
