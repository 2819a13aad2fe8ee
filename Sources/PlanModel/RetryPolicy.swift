/// How often and when a failed attempt is tried again.
package struct RetryPolicy: Hashable, Sendable {
  /// More tries after the first.
  package var times: Int
  package var delay: Duration
  package var factor: Double
  package var maxDelay: Duration
  /// No further try is begun when this much time has passed since the first.
  package var maxElapsed: Duration?
  /// Spreads the delays evenly over [delay/2, delay], so that many steps do not come back together.
  package var jitter: Bool
  /// Only these exit codes are tried again; empty: all.
  package var onExit: [Int]
  package var notOnExit: [Int]
  package var onTimeout: Bool

  package init(
    times: Int = 0, delay: Duration = .seconds(1), factor: Double = 2, maxDelay: Duration = .seconds(30),
    maxElapsed: Duration? = nil, jitter: Bool = true, onExit: [Int] = [], notOnExit: [Int] = [], onTimeout: Bool = true
  ) {
    self.times = times
    self.delay = delay
    self.factor = factor
    self.maxDelay = maxDelay
    self.maxElapsed = maxElapsed
    self.jitter = jitter
    self.onExit = onExit
    self.notOnExit = notOnExit
    self.onTimeout = onTimeout
  }

  package static let never = RetryPolicy()
}
