internal import Journal

/// What a person asks `rollback` for.
package struct RollbackRequest: Sendable {
  /// The run that is meant; nil: the latest.
  package var run: Int64?
  /// The step after which everything is taken back; nil: everything.
  package var to: String?
  /// Whether steps that nothing can take back are passed over.
  package var passesIrreversible = false
  /// Whether files that somebody changed since are made as they were all the same.
  package var overwrites = false

  package init() {}

  var goal: RollbackGoal { to.map { .after($0) } ?? .everything }

  /// The command that asks for this, and for more.
  package func words(_ command: CommandWords, _ more: String = "") -> String {
    var words = command.rollback(goal)
    if passesIrreversible { words += " --past-irreversible" }
    if overwrites { words += " --overwrite" }
    return more.isEmpty ? words : "\(words) \(more)"
  }
}
