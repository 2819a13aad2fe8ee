internal import Diagnostics
internal import PlanDocument
internal import SourceText

extension Rule {
  static let outerFence = Rule(
    "EP607", "outer-fence", .warning,
    summary: "a fence around the whole plan",
    explanation: """
      In a chat a plan is handed over in one block of code. A file that holds only the plan must not have that fence: \
      everything in it is code, so it has no title, no sections and no checkboxes wherever it is shown. The plan \
      inside was read; --fix takes the fence away.
      """,
    bad: "```md\n\(StandardExample.plan())```\n",
    good: StandardExample.plan())
}

/// EP607.
enum OuterFenceRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    for repair in subject.plan.repairs where repair.kind == .outer {
      let lines = [repair.range] + (repair.end.map { [$0] } ?? [])
      collector.report(
        .outerFence, repair.range, "the whole plan stands in a block of code",
        notes: ["take the fence away: a file that holds only the plan has none"],
        fix: FixIt("take the fence away", lines.map { .init(wholeLine($0, subject.source), with: "") }))
    }
  }

  /// The line of a place with its end.
  private static func wholeLine(_ range: SourceRange, _ source: SourceFile) -> SourceRange {
    let line = source.lineIndex(of: range.lowerBound)
    let end = line + 1 < source.lineStarts.count ? Int(source.lineStarts[line + 1]) : source.bytes.count
    return SourceRange(start: source.lineRange(line).lowerBound, end: end)
  }
}
