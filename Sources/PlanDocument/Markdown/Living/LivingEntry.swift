/// An entry that is added to a living section; times are seconds since 1970.
package enum LivingEntry: Hashable, Sendable {
  case decision(String, why: String, by: String, at: Int64)
  /// Evidence of several lines is shown as code.
  case surprise(String, evidence: String)
  case progress(String, isDone: Bool, at: Int64)
  case outcome(String, at: Int64)
  case artifact(String, at: Int64)

  package var section: SectionKind {
    switch self {
    case .decision: .decisions
    case .surprise: .surprises
    case .progress: .progress
    case .outcome: .outcomes
    case .artifact: .artifacts
    }
  }

  init(_ failure: LivingFacts.Failure) {
    let title = failure.title == failure.step ? "" : " (\(failure.title))"
    let time = Self.minutes(failure.at)
    let text = "Step \(failure.mark)\(title): \(failure.reason)."
    let lines = failure.lastLines.map { Self.visible($0) }.filter { !$0.allSatisfy(\.isWhitespace) }
    // Two lines at least, so that the output is always shown as code and never read as text of the plan.
    let output = lines.isEmpty ? "It wrote nothing; \(time)." : "The end of its output, \(time):\n"
    self = .surprise(text, evidence: output + lines.joined(separator: "\n"))
  }

  init(_ end: LivingFacts.End) {
    self = .artifact("\(end.mark): \(end.counts).", at: end.at)
  }

  /// The lines of the entry without the marker of the item; further lines are indented by two columns.
  func lines(_ use: (style: TimestampStyle, position: ItemTimestamp.Position, separator: String)) -> [String] {
    switch self {
    case .decision(let text, let why, let by, let at):
      return [
        "Decision: " + Self.oneLine(text), "  Rationale: " + Self.oneLine(why),
        "  Date/Author: \(Self.day(at)), \(Self.oneLine(by))",
      ]
    case .surprise(let text, let evidence):
      return ["Observation: " + Self.oneLine(text)] + Self.evidence(evidence)
    case .progress(let text, let isDone, let at):
      let text = Self.oneLine(text)
      guard isDone else { return ["[ ] " + text] }
      let time = use.style.text(at)
      return [use.position == .end ? "[x] \(text) \(time)" : "[x] \(time)\(use.separator)\(text)"]
    case .outcome(let text, let at): return ["\(Self.day(at)): " + Self.oneLine(text)]
    case .artifact(let text, let at): return ["\(Self.minutes(at)): " + Self.oneLine(text)]
    }
  }

  private static func evidence(_ text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { visible(String($0)) }
    while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
    guard lines.count > 1 else { return ["  Evidence: " + oneLine(lines.first ?? "")] }
    var head = "The output:"
    if lines[0].hasPrefix("The end of its output, ") { head = lines.removeFirst() }
    return ["  Evidence: " + head, ""] + lines.map { $0.isEmpty ? "" : "      " + $0 }
  }

  /// On one line, without what a terminal would take for a command.
  private static func oneLine(_ text: String) -> String {
    visible(text.split { $0.isWhitespace }.joined(separator: " "))
  }

  private static func visible(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter {
          ($0.value >= 0x20 && $0.value != 0x7F && !(0x80..<0xA0 ~= $0.value)) || $0 == "\t"
        })
    )
  }

  private static func day(_ seconds: Int64) -> String {
    TimestampStyle(brackets: .none, precision: .day, hasT: false, zone: .none).text(seconds)
  }

  private static func minutes(_ seconds: Int64) -> String {
    var style = TimestampStyle.canonical
    style.brackets = .none
    return style.text(seconds)
  }
}
