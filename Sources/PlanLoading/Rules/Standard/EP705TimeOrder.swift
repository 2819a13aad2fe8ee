internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let timeOrder = Rule(
    "EP705", "time-order", .info,
    summary: "ticked items that are not in the order of their times",
    explanation: """
      Progress tells what happened in the order in which it happened, oldest first; newest first is fine too. A time \
      out of order is mistyped, or its item belongs elsewhere. Groups below headings of their own are looked at one \
      by one. Under the standard codex it is a warning.
      """,
    bad: StandardExample.plan(
      progress: """
        - [x] (2026-03-01 12:00Z) Wrote the loader.
        - [x] (2026-03-02 09:00Z) Wrote its tests.
        - [x] (2026-02-02 10:00Z) Loaded the first night.
        - [ ] Load the second night.

        """),
    good: StandardExample.plan(
      progress: """
        - [x] (2026-03-01 12:00Z) Wrote the loader.
        - [x] (2026-03-02 09:00Z) Wrote its tests.
        - [x] (2026-03-02 10:00Z) Loaded the first night.
        - [ ] Load the second night.

        """))
}

/// EP705, one finding for a whole plan.
enum TimeOrderRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    var descents: [(item: ProgressItem, above: ProgressItem)] = []
    var ascents: [(item: ProgressItem, above: ProgressItem)] = []
    var above: ProgressItem?
    for item in subject.living.progress where item.state == .done && item.depth == 0 {
      guard let time = item.timestamp?.time else { continue }
      if let other = above, let otherTime = other.timestamp?.time, other.section == item.section {
        if time.isBefore(otherTime) { descents.append((item, other)) }
        if otherTime.isBefore(time) { ascents.append((item, other)) }
      }
      above = item
    }
    let isNewestFirst = descents.count > ascents.count
    let found = isNewestFirst ? ascents : descents
    guard let first = found.first, let range = first.item.timestamp?.inner else { return }
    let line = subject.source.lineIndex(of: first.above.text.lowerBound) + 1
    let word = isNewestFirst ? "after" : "before"
    collector.report(
      .timeOrder, range,
      found.count == 1
        ? "this time is \(word) that of the item above, line \(line)"
        : "\(found.count) times are \(word) that of the item above: \(subject.lineList(found.map(\.item.text)))",
      severity: subject.severity(.info, codex: .warning), notes: ["correct the time, or move the item"])
  }
}
