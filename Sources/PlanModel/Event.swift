/// One thing that happened in a run, as `--events` shows it and the journal keeps it.
package struct Event: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case runStarted = "run_started"
    /// What the run did is taken back from here on.
    case rollback
    case planned
    /// The first step of a phase begins, and all of it is over.
    case phaseStarted = "phase_started"
    case phaseFinished = "phase_finished"
    case stepStarted = "step_started"
    case output
    /// What a step makes was there already, and somebody has said what is done about it.
    case conflict
    case retryScheduled = "retry_scheduled"
    case waiting
    /// What a person said where a plan asks, when the run hears of it.
    case approval
    case stepFinished = "step_finished"
    case gate
    case runFinished = "run_finished"
    /// Somebody was told how the run ended, or could not be.
    case notice
  }

  package var kind: Kind
  package var step: String?
  package var attempt: Int?
  /// Milliseconds since 1970, UTC.
  package var at: Int64
  /// What belongs to this kind, in snake_case.
  package var payload: [Value.Entry]

  package init(_ kind: Kind, step: String? = nil, attempt: Int? = nil, at: Int64, payload: [Value.Entry] = []) {
    self.kind = kind
    self.step = step
    self.attempt = attempt
    self.at = at
    self.payload = payload
  }
}
