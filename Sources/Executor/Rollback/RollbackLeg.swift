internal import Journal
internal import PlanModel

/// What a leg that takes a run back has beside its steps.
struct RollbackLeg: Sendable {
  var goal: RollbackGoal
  /// Whether an earlier leg began to take the run back.
  var isContinued: Bool
  /// How a person agreed.
  var agreement: String
  /// By undo.
  var works: [String: UndoWork] = [:]
  /// What the run's steps and groups came to, for the expressions of undos.
  var checkpoints: [String: Checkpoint] = [:]
  var groups: Set<String> = []
  /// By undo: the attempt of its step that nobody recorded an end of.
  var open: [String: Attempt] = [:]
  /// Files that are made as they were, as the plan names them.
  var paths: [String] = []
  /// Folders that the run made.
  var folders = MadeFolders(turns: [:])
  /// Steps after the goal that were skipped: they are decided anew when the run goes on.
  var skipped: [String] = []
  /// Whether the run's values that became the plan's state make way for those before them.
  var restoresState = false
}

extension Attempt {
  /// The attempt when its step was taken back, however far it came.
  func takenBack(at now: Int64) -> Attempt {
    var attempt = self
    attempt.state = .cancelled
    attempt.endedAt = attempt.endedAt ?? now
    attempt.reason = ["taken back", attempt.reason].compactMap(\.self).joined(separator: "; ")
    return attempt
  }
}
