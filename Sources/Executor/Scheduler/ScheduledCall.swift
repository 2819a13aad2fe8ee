/// A called plan with steps for its end, as the scheduler counts it.
struct ScheduledCall: Sendable {
  enum State: Sendable {
    case open
    /// Its main part is over; its last records are not durable yet.
    case ending
    /// The steps for its end may run.
    case closing
    /// Nothing of it was begun, so there is nothing to end.
    case left
  }

  var state = State.open
  /// The nodes that run at its end.
  var closing: [Int] = []
  /// Nodes of its main part that are not over.
  var open = 0
  /// Nodes of its main part that are under way, steps at the end of plans that it calls among them.
  var busy = 0
  var waiting = 0
  var refused = 0
  /// Whether a step of its main part is not done.
  var undone = 0
  /// Whether a step of its main part ran, or was found done.
  var hasBegun = false
}
