internal import PlanModel

/// Whether and when a failed attempt is tried again.
struct RetryDecision {
  var policy: RetryPolicy

  /// - Parameters:
  ///   - failures: how many attempts have failed by now, this one included.
  ///   - elapsed: since the first failure.
  ///   - random: in 0..<1.
  /// - Returns: the delay; nil when it is not tried again.
  func delay(after result: AttemptResult, failures: Int, elapsed: Duration, random: Double) -> Duration? {
    guard failures <= policy.times, !result.isPermanent else { return nil }
    switch result.ending {
    case .timedOut: guard policy.onTimeout else { return nil }
    case .failed:
      if let code = result.exitCode {
        if !policy.onExit.isEmpty, !policy.onExit.contains(code) { return nil }
        if policy.notOnExit.contains(code) { return nil }
      } else if !policy.onExit.isEmpty {
        return nil
      }
    case .succeeded, .cancelled, .inDoubt: return nil
    }
    if let most = policy.maxElapsed, elapsed >= most { return nil }
    var milliseconds = Double(policy.delay.wholeMilliseconds)
    let most = Double(policy.maxDelay.wholeMilliseconds)
    for _ in 1..<max(1, failures) where milliseconds < most { milliseconds *= policy.factor }
    milliseconds = min(milliseconds, most)
    if policy.jitter { milliseconds = milliseconds / 2 * (1 + random) }
    let own = Duration.milliseconds(Int(milliseconds))
    guard let asked = result.retryAfter, asked > own else { return own }
    if RetryDecision.isTooLate(asked, policy, elapsed: elapsed) { return nil }
    return asked
  }

  /// Whether a server asks to come back later than is waited for.
  static func isTooLate(_ asked: Duration, _ policy: RetryPolicy, elapsed: Duration) -> Bool {
    if let most = policy.maxElapsed { return elapsed + asked >= most }
    return asked > longestWait
  }

  /// What a server may ask for at most, unless `max_elapsed` says how long the step may take: whoever waits for the run
  /// should not find out in a month that a server wanted it so.
  static let longestWait = Duration.seconds(3600)
}
