/// Is told where a step stands, and holds it there for as long as it likes: so `execplan test` kills execplan at a moment
/// that it knows.
///
/// It is called by the thread that carries a run out, so nothing is recorded meanwhile.
package protocol StepWitness: Sendable {
  func saw(_ moment: StepMoment, of step: String)
}

/// Where a step stands.
package enum StepMoment: Hashable, Sendable {
  /// Its claim is durable, and nothing of it was started.
  case claimed
  /// Its program runs, led by this process where that is known; or its action is about to begin.
  case launched(leader: Int32?)
  /// Its program or action has ended, and nothing of that is recorded.
  case ended
}
