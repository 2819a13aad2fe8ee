/// What happened, as the scheduler is told.
package enum SchedulerEvent: Sendable {
  /// The leg begins.
  case start
  case prepared(Int, Preparation)
  /// Everything in the last `commit` command is durable.
  case committed
  case finished(Int, Ending)
  /// The back-off of a node is over.
  case retryDue(Int)
  /// Start nothing new: a first signal, or the time of the whole plan is over.
  case stop
  /// Start nothing at all any more, `finally` included: a second signal.
  case halt

  /// What looking at a node before its launch found.
  package enum Preparation: Hashable, Sendable {
    /// It must run.
    case claim
    /// There is nothing to do: it counts as done.
    case settle
    /// It waits for a person.
    case wait
    /// It can't be started: a condition that cannot be evaluated, a value that is too large.
    case fail
    /// It can't be started, and the plan allows its failure.
    case allowedFailure
    /// It may not be started, because a saved plan says something else of it: a person must decide.
    case refuse
  }

  /// How an attempt ended.
  package enum Ending: Hashable, Sendable {
    case succeeded
    /// Failed, and the plan allows it.
    case allowedFailure
    case failed(retry: Bool)
    /// Ended by us.
    case cancelled
    /// Nobody knows whether its effect happened.
    case inDoubt
  }
}
