/// What is going on in a run at one moment.
package struct ProgressSnapshot: Hashable, Sendable {
  package struct RunningStep: Hashable, Sendable {
    package var id: String
    package var elapsedMilliseconds: Int64
    /// From 1.
    package var attempt: Int
    /// The last line of its output that is not blank.
    package var lastLine: String?

    package init(id: String, elapsedMilliseconds: Int64, attempt: Int = 1, lastLine: String? = nil) {
      self.id = id
      self.elapsedMilliseconds = elapsedMilliseconds
      self.attempt = attempt
      self.lastLine = lastLine
    }
  }

  /// A step whose next try is not due yet.
  package struct RetryWait: Hashable, Sendable {
    package var id: String
    /// The attempt that comes next.
    package var attempt: Int
    package var remainingMilliseconds: Int64
    /// Why the last one failed.
    package var reason: String

    package init(id: String, attempt: Int, remainingMilliseconds: Int64, reason: String) {
      self.id = id
      self.attempt = attempt
      self.remainingMilliseconds = remainingMilliseconds
      self.reason = reason
    }
  }

  /// How long it still takes.
  package struct Remaining: Hashable, Sendable {
    package var milliseconds: Int64
    /// Whether it may well be longer.
    package var isLeast: Bool

    package init(milliseconds: Int64, isLeast: Bool = false) {
      self.milliseconds = milliseconds
      self.isLeast = isLeast
    }
  }

  package var elapsedMilliseconds: Int64
  /// Nil: nobody knows.
  package var remaining: Remaining?
  package var total: Int
  package var done: Int
  package var skipped: Int
  package var failed: Int
  /// In the order in which they started.
  package var running: [RunningStep]
  package var retries: [RetryWait]
  /// What the run as a whole is about to do: `stopping: 2 steps have 8 s to end`.
  package var notice: String?

  package init(
    elapsedMilliseconds: Int64, total: Int, done: Int = 0, skipped: Int = 0, failed: Int = 0,
    running: [RunningStep] = [], retries: [RetryWait] = [], notice: String? = nil
  ) {
    self.elapsedMilliseconds = elapsedMilliseconds
    self.total = total
    self.done = done
    self.skipped = skipped
    self.failed = failed
    self.running = running
    self.retries = retries
    self.notice = notice
  }
}
