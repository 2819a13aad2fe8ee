package import Digest

/// The durable record that a step of a run is done, and of what its success rested on.
package struct Checkpoint: Hashable, Sendable {
  package enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// The action ran and succeeded.
    case succeeded
    /// The action ran and failed; `allow_failure` lets the run go on.
    case allowedFailure = "allowed_failure"
    /// Carried over from an earlier run: nothing that it depends on changed.
    case upToDate = "up_to_date"
    /// `creates` or `unless` says that there is nothing to do.
    case guardHolds = "guard_holds"
    /// `when` is false.
    case conditionFalse = "condition_false"
    /// It reads a value of a step that was skipped.
    case noValue = "no_value"
    /// `--skip`.
    case skippedByUser = "skipped_by_user"
    /// A person said so: `resolve --as done`, `checkpoint`.
    case attested
    /// What the step makes was there already, and was taken as it is.
    case adopted
  }

  package var step: String
  package var run: Int64
  /// The attempt that made it; nil when nothing was executed.
  package var attempt: Int64?
  package var outcome: Outcome
  package var fingerprint: Fingerprint
  /// `steps.ID.values`, in the order in which they were published.
  package var values: [Value.Entry]
  /// State to be promoted when the run succeeds.
  package var pendingState: [Value.Entry]
  /// What dependents compare: equal results mean that nothing changed for them.
  package var result: SHA256Digest
  /// The results of the needs that this success saw.
  package var needResults: [String: SHA256Digest]
  package var inputFiles: [FileDigest]
  package var outputFiles: [FileDigest]
  /// The run whose success it repeats.
  package var carriedFrom: Int64?
  /// One line for people: why it counts as done.
  package var reason: String
  /// Milliseconds since 1970, UTC.
  package var endedAt: Int64
  /// The boot of the machine in which it was recorded.
  package var bootID: String
  /// Raised by `--rerun` of a succeeded step; part of the idempotency key.
  package var generation: Int

  package init(
    step: String, run: Int64, attempt: Int64? = nil, outcome: Outcome, fingerprint: Fingerprint,
    values: [Value.Entry] = [], pendingState: [Value.Entry] = [], result: SHA256Digest,
    needResults: [String: SHA256Digest] = [:], inputFiles: [FileDigest] = [], outputFiles: [FileDigest] = [],
    carriedFrom: Int64? = nil, reason: String = "", endedAt: Int64, bootID: String, generation: Int = 0
  ) {
    self.step = step
    self.run = run
    self.attempt = attempt
    self.outcome = outcome
    self.fingerprint = fingerprint
    self.values = values
    self.pendingState = pendingState
    self.result = result
    self.needResults = needResults
    self.inputFiles = inputFiles
    self.outputFiles = outputFiles
    self.carriedFrom = carriedFrom
    self.reason = reason
    self.endedAt = endedAt
    self.bootID = bootID
    self.generation = generation
  }

  /// Whether the checkpoint is a success that a later run may rest on.
  package var isEvidence: Bool {
    switch outcome {
    case .succeeded, .upToDate, .guardHolds, .attested, .adopted: true
    case .allowedFailure, .conditionFalse, .noValue, .skippedByUser: false
    }
  }
}
