internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import SourceText

/// Reads any bytes as a markdown plan: libFuzzer calls this with inputs that it makes from those that reached new
/// code. Nothing may trap, and every place has to lie in the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func readAsMarkdownPlan(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: count))
  var collector = DiagnosticCollector()
  let document = PlanDocument.detect(SourceFile(path: "x.md", bytes: bytes), isListed: true, into: &collector)
  guard let plan = document?.markdown else { fatalError("a listed markdown file is a plan") }
  for diagnostic in collector.diagnostics { check(diagnostic.range, count) }
  for (index, block) in plan.markdown.blocks.enumerated() {
    check(block.range, count)
    let lines = plan.markdown.lines(of: index)
    for line in lines { check(line, count) }
    let inline = InlineText(plan.source, lines: lines)
    for span in inline.codes + inline.links {
      check(span.range, count)
      check(inline.sourceRange(span.text), count + 1)
    }
  }
  for code in plan.codeBlocks {
    check(code.range, count)
    _ = code.text(in: plan.source)
  }
  for part in plan.parts { for section in part.sections { precondition(plan.sections[section].kind != .other) } }
  return 0
}

private func check(_ range: SourceRange, _ count: Int) {
  precondition(range.lowerBound <= range.upperBound && range.upperBound <= count, "a place outside of the file")
}
