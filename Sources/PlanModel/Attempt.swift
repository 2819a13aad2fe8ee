/// One try of one step within a run.
package struct Attempt: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, CaseIterable {
    /// Claimed in a durable commit; launched or not, and no end recorded.
    case claimed
    case succeeded, failed
    case timedOut = "timed_out"
    case cancelled
    /// Its outcome is not known.
    case inDoubt = "in_doubt"
    /// `resolve --as failed`, `on_interrupt: fail`: not run again but by `--rerun`.
    case failedFinally = "failed_finally"
    /// Waits for a person.
    case waiting
    /// Claimed, never launched, given back: counts as no attempt.
    case released
  }

  package var id: Int64
  package var run: Int64
  package var leg: Int64
  package var step: String
  /// From 1 within the run and generation.
  package var number: Int
  package var generation: Int
  package var state: State
  package var fingerprint: Fingerprint
  /// Milliseconds since 1970, UTC.
  package var claimedAt: Int64
  package var startedAt: Int64?
  package var endedAt: Int64?
  package var exitCode: Int?
  package var signal: Int?
  package var pid: Int?
  package var bootID: String
  /// Why it failed, for people.
  package var reason: String?
  /// When the next try is due after a failure, milliseconds since 1970.
  package var retryAt: Int64?
  /// The delay that `retryAt` was computed with, milliseconds.
  package var retryDelay: Int64?
  /// Nil while it runs, and when nobody saw its end.
  package var usage: AttemptUsage?

  package init(
    id: Int64, run: Int64, leg: Int64, step: String, number: Int, generation: Int = 0, state: State,
    fingerprint: Fingerprint, claimedAt: Int64, startedAt: Int64? = nil, endedAt: Int64? = nil, exitCode: Int? = nil,
    signal: Int? = nil, pid: Int? = nil, bootID: String, reason: String? = nil, retryAt: Int64? = nil,
    retryDelay: Int64? = nil, usage: AttemptUsage? = nil
  ) {
    self.id = id
    self.run = run
    self.leg = leg
    self.step = step
    self.number = number
    self.generation = generation
    self.state = state
    self.fingerprint = fingerprint
    self.claimedAt = claimedAt
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.exitCode = exitCode
    self.signal = signal
    self.pid = pid
    self.bootID = bootID
    self.reason = reason
    self.retryAt = retryAt
    self.retryDelay = retryDelay
    self.usage = usage
  }
}
