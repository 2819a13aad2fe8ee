package import PlanModel

/// How one attempt ended, with what it produced.
package struct AttemptResult: Sendable {
  package enum Ending: Hashable, Sendable {
    case succeeded
    case failed
    case timedOut
    case cancelled
    /// The effect may have happened or not.
    case inDoubt
  }

  package var ending: Ending
  package var exitCode: Int?
  package var signal: Int?
  /// Why it did not succeed, or what it changed; one line for people.
  package var reason: String?
  /// How long nothing is to be tried again, as a server said.
  package var retryAfter: Duration?
  package var values: [Value.Entry] = []
  package var pendingState: [Value.Entry] = []
  package var outputFiles: [FileDigest] = []
  /// Digests of inputs that the step also writes, as they are after it.
  package var rewrittenInputs: [FileDigest] = []
  /// Whether trying again would come to the same.
  package var isPermanent = false
  /// The checks that were made, for gates and reports.
  package var checks: [CheckResult] = []
  /// What the action used, if it was carried out in a thread of this process.
  package var usage: AttemptUsage?

  package init(_ ending: Ending, exitCode: Int? = nil, signal: Int? = nil, reason: String? = nil) {
    self.ending = ending
    self.exitCode = exitCode
    self.signal = signal
    self.reason = reason
  }

  static let timeoutReason = "it ran longer than its timeout"

  package static func failed(_ reason: String) -> AttemptResult { AttemptResult(.failed, reason: reason) }
}
