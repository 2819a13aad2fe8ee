/// Where a node stands for the scheduler.
package enum SchedulerStatus: UInt8, Hashable, Sendable {
  /// Waits for what it needs.
  case idle
  case ready
  case preparing
  /// Its claim is in a commit that is not durable yet.
  case claiming
  /// Its claim is durable; it waits for a slot.
  case claimed
  case running
  case retryWaiting
  /// Done, in whatever way satisfies those that need it.
  case done
  case failed
  /// Something that it needs failed.
  case blocked
  case waiting
  case refused
  case inDoubt
  case cancelled

  /// Whether the node is over for this leg.
  var isFinal: Bool {
    switch self {
    case .done, .failed, .blocked, .waiting, .refused, .inDoubt, .cancelled: true
    case .idle, .ready, .preparing, .claiming, .claimed, .running, .retryWaiting: false
    }
  }
}
