internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let impossibleTime = Rule(
    "EP704", "impossible-time", .warning,
    summary: "a date or time that does not exist",
    explanation: "There is no 31st of April, no month 13 and no hour 24. Such a time was mistyped, so correct it.",
    bad: StandardExample.plan(progress: "- [x] (2026-02-30 12:00Z) Wrote the loader.\n- [ ] Load the first night.\n"),
    good: StandardExample.plan())
}

/// EP704.
enum ImpossibleTimeRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    for item in subject.living.progress {
      guard let timestamp = item.timestamp, timestamp.time == nil else { continue }
      collector.report(
        .impossibleTime, timestamp.inner, "there is no time \"\(subject.source.text(timestamp.inner))\"",
        notes: ["correct the date or the time of day"])
    }
  }
}
