internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

extension Rule {
  static let codeAsText = Rule(
    "EP609", "code-read-as-text", .warning,
    summary: "code that markdown reads as text",
    explanation: """
      Below an item of a list, code is indented by four columns more than the text of the item: by seven below "1. ". \
      With four columns only it is a paragraph: its lines are joined, and *, _, < and backslashes are lost wherever \
      the plan is shown or formatted. Such code was read as it was meant; --fix indents it.
      """,
    bad: StandardExample.plan(
      end: "\n## Concrete Steps\n\n1. From the repository root, load the night:\n\n    make load\n"),
    good: StandardExample.plan(
      end: "\n## Concrete Steps\n\n1. From the repository root, load the night:\n\n       make load\n"))
}

/// EP609, one finding for a whole plan.
enum CodeAsTextRule {
  static func check(_ subject: StandardSubject, _ collector: inout DiagnosticCollector) {
    let found = subject.plan.codeBlocks.filter { $0.isRepaired && !$0.lines.isEmpty }
    guard let first = found.first else { return }
    let ranges = found.map { $0.lines[0] }
    var replacements: [FixIt.Replacement] = []
    for block in found { replacements += indented(block, subject) }
    collector.report(
      .codeAsText, first.lines[0],
      found.count == 1
        ? "this code is indented too little: markdown reads it as text"
        : "\(found.count) blocks of code are indented too little, so that markdown reads them as text: "
          + subject.lineList(ranges),
      notes: ["indent it by four columns more than the text of the item above"],
      fix: replacements.isEmpty ? nil : FixIt("indent the code", replacements))
  }

  /// Blanks at the start of each line, so that the first stands four columns behind the text of the item.
  private static func indented(_ block: CodeBlock, _ subject: StandardSubject) -> [FixIt.Replacement] {
    let markdown = subject.plan.markdown
    guard let item = block.item, item + 1 < markdown.blocks[item].next,
      let own = column(of: markdown.blocks[item + 1].range.lowerBound, subject.source),
      let first = column(of: block.lines[0].lowerBound, subject.source), own + 4 > first
    else { return [] }
    let blanks = String(repeating: " ", count: own + 4 - first)
    return block.lines.compactMap { line in
      if line.isEmpty { return nil }
      let start = subject.source.lineRange(subject.source.lineIndex(of: line.lowerBound)).lowerBound
      return .init(SourceRange(start: start, end: start), with: blanks)
    }
  }

  /// The bytes before a place on its line; nil if a tab is among them, whose width depends on its place.
  private static func column(of offset: Int, _ source: SourceFile) -> Int? {
    let start = source.lineRange(source.lineIndex(of: offset)).lowerBound
    return source.bytes[start..<offset].contains(0x09) ? nil : offset - start
  }
}
