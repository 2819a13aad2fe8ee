internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

extension Rule {
  static let swallowedHeadings = Rule(
    "EP608", "unclosed-fence", .warning,
    summary: "a fence that is never closed and takes headings in",
    explanation: """
      A block of code that no fence closes reaches to the end of the file. Headings in it are code, so their sections \
      are missing wherever the plan is shown. Close the block where the code ends.
      """,
    bad: StandardExample.plan(
      end: "\n## Artifacts and Notes\n\n```text\n3 rows loaded\n\n## Interfaces and Dependencies\n\nNone.\n"),
    good: StandardExample.plan(
      end: "\n## Artifacts and Notes\n\n```text\n3 rows loaded\n```\n\n## Interfaces and Dependencies\n\nNone.\n"))
}

/// EP608.
enum SwallowedHeadingsRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let markdown = subject.plan.markdown
    // Where a heading of the standard follows, the plan was read as if the block ended before it.
    let repairs = subject.plan.repairs.filter { $0.kind == .unclosed }
    for repair in repairs {
      guard let heading = repair.end else { continue }
      report(repair.range, [heading], subject, &collector)
    }
    for (index, block) in markdown.blocks.enumerated() {
      guard case .code(let code) = block.kind, !code.isClosed else { continue }
      let headings = markdown.lines(of: index).filter { isHeading($0, subject.source.bytes) }
      let opening = subject.source.lineRange(subject.source.lineIndex(of: block.range.lowerBound))
      let fence = SourceRange(start: block.range.lowerBound, end: opening.upperBound)
      if repairs.contains(where: { $0.range.end == fence.end }) { continue }
      report(fence, headings, subject, &collector)
    }
  }

  private static func report(
    _ fence: SourceRange, _ headings: [SourceRange], _ subject: StandardSubject,
    _ collector: inout DiagnosticCollector
  ) {
    guard let first = headings.first else { return }
    collector.report(
      .swallowedHeadings, fence,
      "this block is never closed: \(subject.lineList(headings)) \(headings.count == 1 ? "is a heading" : "are headings")"
        + " inside it",
      notes: ["close it with a fence where the code ends"],
      related: [.init("the first heading that is code now", first)])
  }

  /// `## ` and some text; one sign may be a comment of a script.
  private static func isHeading(_ line: SourceRange, _ bytes: [UInt8]) -> Bool {
    var position = line.lowerBound
    while position < line.upperBound, bytes[position] == UInt8(ascii: "#") { position += 1 }
    let level = position - line.lowerBound
    return (2...6).contains(level) && position + 1 < line.upperBound && bytes[position] == 0x20
  }
}
