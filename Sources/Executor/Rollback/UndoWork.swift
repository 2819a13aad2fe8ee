internal import PlanModel

/// What the undo of a step does.
enum UndoWork: Sendable {
  /// The action that the plan gives.
  case action
  /// Files are made as they were.
  case restore(Restoration)
  /// The program of an external action is asked to undo.
  case external
  /// Nothing is done, and why.
  case nothing(String)

  /// What an external action is asked for.
  var operation: ActionDescription.Operation {
    if case .external = self { .undo } else { .apply }
  }
}
