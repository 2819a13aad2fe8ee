package import Journal
internal import PlanModel

extension [String: StepHistory] {
  /// The history without undos: a step that was taken back since its latest attempt has no success to rest on, and its
  /// latest attempt counts for nothing.
  package func heedingUndo() -> [String: StepHistory] {
    var heeding = self
    for (name, history) in self {
      guard let step = UndoName.step(of: name) else { continue }
      heeding[name] = nil
      guard let undo = history.latestAttempt, undo.state == .succeeded, let known = self[step],
        var attempt = known.latestAttempt, attempt.id < undo.id
      else { continue }
      attempt.state = .cancelled
      let later = known.lastSuccess.flatMap { $0.run > undo.run ? $0 : nil }
      heeding[step] = StepHistory(latestAttempt: attempt, lastSuccess: later)
    }
    return heeding
  }
}
