internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let timestampForm = Rule(
    "EP703", "timestamp-form", .warning,
    summary: "a time that is not written as the standard writes it",
    explanation: """
      The standard writes times as (YYYY-MM-DD HH:MMZ): in round brackets, to the minute, in UTC. Under the standard \
      codex other forms are reported; --fix rewrites those that name both a time of day and a zone. It finds nothing \
      under the standard lenient.
      """,
    bad: StandardExample.plan(
      progress: "- [x] 2026-03-01T13:00:00+01:00 Wrote the loader.\n- [ ] Load the first night.\n"),
    good: StandardExample.plan())
}

/// EP703, under `codex` only; one finding for a whole plan.
enum TimestampFormRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    guard subject.isCodex else { return }
    var found: [SourceRange] = []
    var replacements: [FixIt.Replacement] = []
    for item in subject.living.progress {
      guard let timestamp = item.timestamp, let time = timestamp.time, timestamp.style != .canonical else { continue }
      found.append(timestamp.range)
      guard let seconds = time.seconds else { continue }
      let text = TimestampStyle.canonical.text(seconds)
      // What else stands in the brackets stays there.
      replacements.append(
        timestamp.hasText
          ? .init(timestamp.inner, with: String(text.dropFirst().dropLast())) : .init(timestamp.range, with: text))
    }
    guard let first = found.first else { return }
    collector.report(
      .timestampForm, first,
      found.count == 1
        ? "\"\(subject.source.text(first))\" is not written as (\(TimestampStyle.example))"
        : "\(found.count) times are not written as (\(TimestampStyle.example)): \(subject.lineList(found))",
      notes: replacements.count < found.count ? ["where the time of day or the zone is missing, only you know it"] : [],
      fix: replacements.isEmpty ? nil : FixIt("write the times in UTC to the minute", replacements))
  }
}
