internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

extension Rule {
  static let unclosedFence = Rule(
    "EP608", "unclosed-fence", .warning,
    summary: "a block of code that nothing ends",
    explanation: """
      A block of code that no fence ends reaches to the end of the file. Headings in it are code then, so their \
      sections are missing wherever the plan is shown. Such a block was taken to end before the next heading of the \
      plan; --fix writes the fence there.
      """,
    bad: StandardExample.plan(
      end: "\n## Artifacts and Notes\n\n```text\n3 rows loaded\n\n## Interfaces and Dependencies\n\nNone.\n"),
    good: StandardExample.plan(
      end: "\n## Artifacts and Notes\n\n```text\n3 rows loaded\n```\n\n## Interfaces and Dependencies\n\nNone.\n"))
}

/// EP608.
enum UnclosedFenceRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let source = subject.source
    for repair in subject.plan.repairs {
      switch repair.kind {
      case .outer: continue
      case .unclosed:
        guard let heading = repair.end else { continue }
        let line = source.lineIndex(of: heading.lowerBound)
        collector.report(
          .unclosedFence, repair.range,
          "this block is never ended, so the heading on line \(line + 1) would be part of it",
          notes: ["end it with a fence where the code ends"],
          related: [.init("the heading", heading)], fix: fix(repair.range, before: line, source))
      case .stray:
        collector.report(
          .unclosedFence, repair.range, "this fence begins a block that nothing ends and that holds nothing",
          notes: ["take it away"])
      }
    }
  }

  /// Writes the fence that ends a block, and a blank line, before a heading.
  private static func fix(_ opening: SourceRange, before line: Int, _ source: SourceFile) -> FixIt? {
    let text = source.bytes[opening.lowerBound..<opening.upperBound].drop { $0 == 0x20 }
    guard let character = text.first else { return nil }
    let fence = String(decoding: text.prefix { $0 == character }, as: UTF8.self)
    let place = source.lineRange(line).lowerBound
    return FixIt(
      "end the block before the heading",
      [.init(SourceRange(start: place, end: place), with: fence + source.newline + source.newline)])
  }
}
