internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let missingTimestamp = Rule(
    "EP702", "missing-timestamp", .warning,
    summary: "a ticked item without the time at which it was done",
    explanation: """
      A ticked item begins with the time at which it was done, as in "- [x] (2026-03-01 12:00Z) Wrote the loader.": \
      it shows how fast the work goes on, and what happened before what. Any of the usual forms of a date or time will \
      do, at the start or at the end. Items inside another one need none.
      """,
    bad: StandardExample.plan(progress: "- [x] Wrote the loader.\n- [ ] Load the first night.\n"),
    good: StandardExample.plan())
}

/// EP702, one finding for a whole plan.
enum MissingTimestampRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let done = subject.living.progress.filter { $0.state == .done && $0.depth == 0 }
    let found = done.filter { $0.timestamp == nil }
    guard let first = found.first else { return }
    let message =
      found.count == 1
      ? "a ticked item has no time"
      : found.count == done.count
        ? "none of the \(done.count) ticked items has a time"
        : "\(found.count) of \(done.count) ticked items have no time: \(subject.lineList(found.map(\.text)))"
    collector.report(
      .missingTimestamp, first.text, message,
      notes: ["write the time at which it was done in front, such as \"(\(TimestampStyle.example))\""])
  }
}

extension TimestampStyle {
  /// The form of the standard, as messages show it.
  static let example = "YYYY-MM-DD HH:MMZ"
}
