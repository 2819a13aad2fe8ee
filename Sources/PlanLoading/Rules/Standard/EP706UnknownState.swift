internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let unknownState = Rule(
    "EP706", "unknown-state", .warning,
    summary: "an item of Progress that is neither open nor ticked",
    explanation: """
      A box is open, [ ], or ticked, [x]. Others mean different things to different people: [~] stands for partly \
      done, skipped and put off. Leave the box open and say it in words: "(completed: the loader; remaining: its \
      tests)". Words and symbols in place of a box are understood; --fix writes boxes instead.
      """,
    bad: StandardExample.plan(progress: "- [x] (2026-03-01 12:00Z) Wrote the loader.\n- [?] Load the first night.\n"),
    good: StandardExample.plan())
}

/// EP706, one finding for each kind of mark.
enum UnknownStateRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let progress = subject.living.progress
    report(progress.filter { $0.state == .unknown }, .warning, "neither open nor ticked", subject, &collector)
    report(
      progress.filter { $0.state == .partial && $0.mark == .box }, subject.severity(.info, codex: .warning),
      "neither open nor ticked", subject, &collector)
    report(
      progress.filter { $0.mark != .box }, subject.severity(.info, codex: .warning), "no box", subject, &collector)
  }

  private static func report(
    _ items: [ProgressItem], _ severity: Severity, _ what: String, _ subject: StandardSubject,
    _ collector: inout DiagnosticCollector
  ) {
    guard let first = items.first else { return }
    let text = shown(first, subject.source)
    let ranges = items.map(\.stateRange)
    let replacements = items.compactMap { item in box(item).map { FixIt.Replacement(item.stateRange, with: $0) } }
    collector.report(
      .unknownState, first.stateRange,
      items.count == 1
        ? "\"\(text)\" is \(what)" : "\"\(text)\" is \(what), \(items.count) items: \(subject.lineList(ranges))",
      severity: severity, notes: ["write \"[ ]\" or \"[x]\", and say in words what is more to say"],
      fix: replacements.isEmpty ? nil : FixIt("write boxes", replacements))
  }

  private static func shown(_ item: ProgressItem, _ source: SourceFile) -> String {
    let text = source.text(item.stateRange)
    return item.mark == .symbol ? text : "[\(text)]"
  }

  /// What to write for a word or a symbol that is clearly open or done.
  private static func box(_ item: ProgressItem) -> String? {
    guard item.mark != .box, item.state == .done || item.state == .open else { return nil }
    let state = item.state == .done ? "x" : " "
    return item.mark == .symbol ? "[\(state)]" : state
  }
}
