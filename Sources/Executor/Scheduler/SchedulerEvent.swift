/// What happened, as the scheduler is told.
package enum SchedulerEvent: Sendable {
  /// The leg begins.
  case start
  case prepared(Int, Preparation)
  /// A node has found others, which come after it and before `group`; said before it is said to be prepared.
  case expanded(Int, Expansion)
  /// Everything in the last `commit` command is durable.
  case committed
  case finished(Int, Ending)
  /// The back-off of a node is over.
  case retryDue(Int)
  /// What of these is claimed and not launched is given back and looked at anew: it may have nothing to do any more.
  case reconsider([Int])
  /// Start nothing new: a first signal, or the time of the whole plan is over.
  case stop
  /// Start nothing at all any more, `finally` included: a second signal.
  case halt

  /// The nodes that one has found.
  package struct Expansion: Sendable {
    /// The node that stands for them.
    package var group: Int
    /// They get the next indices, in this order.
    package var added: [ScheduleNode]
    /// Whether this leg leaves them alone.
    package var areExcluded: Bool
    /// Nodes that were found in an earlier leg and are not found any more.
    package var gone: [Int]

    package init(group: Int, added: [ScheduleNode], areExcluded: Bool = false, gone: [Int] = []) {
      self.group = group
      self.added = added
      self.areExcluded = areExcluded
      self.gone = gone
    }
  }

  /// What looking at a node before its launch found.
  package enum Preparation: Hashable, Sendable {
    /// It must run.
    case claim
    /// There is nothing to do: it counts as done.
    case settle
    /// It waits for a person.
    case wait
    /// It waits for a person, and is looked at again when `retryDue` says so.
    ///
    /// - Parameter records: whether something about it is to be made durable.
    case poll(records: Bool)
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
