internal import PlanModel

/// Texts and names of an HTML page.
enum HTMLText {
  /// For elements and attributes; HTML and XML agree on what must be escaped.
  static func escaped(_ text: String) -> String { XMLText.escaped(text) }

  /// Keeps line ends, for `<pre>`.
  static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(separator: "\n")
  }

  /// The place of a step on the page, by its number.
  static func anchor(_ step: Int) -> String { "step-\(step + 1)" }

  /// The class that gives a step its colour.
  static func tone(_ step: ReportedStep) -> String { step.isAllowed ? "tone-waiting" : tone(step.state) }

  static func tone(_ state: StepState) -> String {
    switch state {
    case .succeeded: "tone-good"
    case .failed, .inDoubt, .cancelled: "tone-bad"
    case .running: "tone-running"
    case .waiting, .blocked: "tone-waiting"
    case .pending, .skipped, .rolledBack: "tone-idle"
    }
  }

  static func tone(_ state: Attempt.State) -> String {
    switch state {
    case .succeeded: "tone-good"
    case .failed, .timedOut, .cancelled, .inDoubt, .failedFinally: "tone-bad"
    case .claimed: "tone-running"
    case .waiting: "tone-waiting"
    case .released: "tone-idle"
    }
  }

  static func tone(_ state: RunState) -> String {
    switch state {
    case .succeeded: "tone-good"
    case .failed, .interrupted: "tone-bad"
    case .running: "tone-running"
    case .waiting, .partial: "tone-waiting"
    case .abandoned, .rolledBack: "tone-idle"
    }
  }
}
