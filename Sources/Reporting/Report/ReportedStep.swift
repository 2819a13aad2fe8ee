package import PlanModel

/// One step of a run as a report shows it.
package struct ReportedStep: Sendable {
  /// The end of what an attempt wrote, without control characters.
  package struct Log: Sendable {
    package var text: String
    /// Whether there was more before.
    package var isCut: Bool
    /// `stdout` or `stderr`.
    package var stream: String

    package init(text: String, isCut: Bool, stream: String) {
      self.text = text
      self.isCut = isCut
      self.stream = stream
    }
  }

  package struct Attempt: Sendable {
    package var number: Int
    package var state: PlanModel.Attempt.State
    package var startedAt: Int64?
    package var endedAt: Int64?
    package var exitCode: Int?
    package var signal: Int?
    package var reason: String?
    package var usage: AttemptUsage?
    package var logs: [Log]

    package init(
      number: Int, state: PlanModel.Attempt.State, startedAt: Int64?, endedAt: Int64?, exitCode: Int? = nil,
      signal: Int? = nil, reason: String? = nil, usage: AttemptUsage? = nil, logs: [Log] = []
    ) {
      self.number = number
      self.state = state
      self.startedAt = startedAt
      self.endedAt = endedAt
      self.exitCode = exitCode
      self.signal = signal
      self.reason = reason
      self.usage = usage
      self.logs = logs
    }

    package var duration: Int64? {
      guard let startedAt, let endedAt else { return nil }
      return endedAt - startedAt
    }
  }

  /// What a check said.
  package struct Check: Sendable {
    package var title: String
    /// `error` or `warn`.
    package var severity: String
    /// Nil: it holds.
    package var failure: String?
    package var found: String?
    package var samples: [String]

    package init(title: String, severity: String, failure: String?, found: String? = nil, samples: [String] = []) {
      self.title = title
      self.severity = severity
      self.failure = failure
      self.found = found
      self.samples = samples
    }

    /// `pass`, `warn` or `fail`.
    var verdict: String { failure == nil ? "pass" : severity == "warn" ? "warn" : "fail" }
  }

  /// A file that the step made.
  package struct Output: Sendable {
    /// Relative to the project root.
    package var path: String
    /// 64 hexadecimal digits; nil: it was not there.
    package var sha256: String?

    package init(path: String, sha256: String?) {
      self.path = path
      self.sha256 = sha256
    }
  }

  package var id: String
  package var title: String?
  package var phase: String?
  /// The action's key.
  package var action: String
  package var needs: [String]
  package var isGate: Bool
  package var isFinally: Bool
  package var state: StepState
  package var isAllowed: Bool
  package var reason: String?
  /// The step because of which it did not run.
  package var blockedBy: String?
  /// What was decided about what was there already.
  package var conflict: SettledConflict?
  package var attempts: [Attempt]
  package var checks: [Check]
  /// What the step published.
  package var values: [Value.Entry]
  package var outputs: [Output]

  package init(
    id: String, title: String? = nil, phase: String? = nil, action: String, needs: [String] = [], isGate: Bool = false,
    isFinally: Bool = false, state: StepState, isAllowed: Bool = false, reason: String? = nil,
    blockedBy: String? = nil, attempts: [Attempt] = [], checks: [Check] = [], values: [Value.Entry] = [],
    outputs: [Output] = []
  ) {
    self.id = id
    self.title = title
    self.phase = phase
    self.action = action
    self.needs = needs
    self.isGate = isGate
    self.isFinally = isFinally
    self.state = state
    self.isAllowed = isAllowed
    self.reason = reason
    self.blockedBy = blockedBy
    self.attempts = attempts
    self.checks = checks
    self.values = values
    self.outputs = outputs
  }

  /// How long its attempts took together, milliseconds; nil when none was seen from beginning to end.
  var duration: Int64? {
    let durations = attempts.compactMap(\.duration)
    return durations.isEmpty ? nil : durations.reduce(0, +)
  }

  /// The last lines that it wrote: of standard error, else of standard output.
  var lastLines: String? {
    guard let log = attempts.last?.logs.last(where: { !$0.text.isEmpty }) else { return nil }
    return log.text.split(separator: "\n", omittingEmptySubsequences: false).suffix(20).joined(separator: "\n")
  }

  /// Why it stands as it does, in one line; empty when the state says all.
  var words: String {
    if let reason { return reason }
    if let blockedBy { return "blocked by \"\(blockedBy)\"" }
    guard state == .failed, let last = attempts.last else { return "" }
    if let code = last.exitCode { return "exit \(code)" }
    return last.signal.map { "signal \($0)" } ?? ""
  }

  /// The same, or else the state.
  var reasonOrState: String { words.isEmpty ? state.word : words }
}
