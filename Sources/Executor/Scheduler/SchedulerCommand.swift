/// What the scheduler wants done.
package enum SchedulerCommand: Hashable, Sendable {
  /// Look at the node as it is now: condition, digests, guards.
  case prepare(Int)
  /// Make these durable, in this order, in one transaction; then say `committed`.
  case commit([SchedulerWrite])
  case launch(Int)
  /// Say `retryDue` when the node's back-off is over.
  case scheduleRetry(Int)
  /// End the running steps (`--fail-fast`).
  case cancelRunning
  /// The leg is over.
  case finish
}

/// A record that must be durable before what follows from it.
package enum SchedulerWrite: Hashable, Sendable {
  /// `starts`: there is a slot for it as soon as the claim is durable.
  case claim(Int, starts: Bool)
  /// The launch of a step that was claimed in an earlier commit.
  case started(Int)
  case end(Int)
  case settle(Int)
  case wait(Int)
  case fail(Int)
  /// A claim that is given back unlaunched.
  case release(Int)
  /// A node that may not be started.
  case refuse(Int)
}
