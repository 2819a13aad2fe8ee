/// What had happened to a step before `apply` is called for the time that counts.
enum Situation: String, CaseIterable, Sendable {
  /// It is done, and the run goes on.
  case sameRun = "same run"
  /// The run has succeeded.
  case newRun = "new run"
  /// Execplan was killed when the step was claimed and not begun.
  case killedBefore = "killed before"
  /// Execplan was killed when the effect was on its way.
  case killedDuring = "killed during"
  /// Execplan was killed when the effect was there and its end not recorded.
  case killedAfter = "killed after"

  func kill(of row: ActionRow) -> ActionRow.Kill? {
    switch self {
    case .sameRun, .newRun: nil
    case .killedBefore: row.before
    case .killedDuring: row.during
    case .killedAfter: row.after
    }
  }
}
