internal import Diagnostics
internal import Markdown
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import SourceText

extension FuzzTarget {
  /// A plan in markdown: read, held to the standard, its commands declared, its living sections written to.
  static let markdown = FuzzTarget("markdown") { bytes in
    var found = DiagnosticCollector()
    let source = SourceFile(path: "fuzz.md", bytes: bytes)
    guard let document = PlanDocument.detect(source, isListed: true, into: &found), let plan = document.markdown else {
      throw BrokenPromise(description: "a listed markdown file is no plan")
    }
    try check(plan, bytes.count)
    let promises = PlanPromises(document, found: found, standard: StandardProfile(level: .codex, isStrict: true))
    try promises.check()
    _ = Adoption.of(document, files: promises.files)
    try checkWriteBack(source, steps: promises.plan?.steps.map(\.id.value) ?? [])
  }

  /// Every place that the reader knows lies in the file.
  private static func check(_ plan: MarkdownPlan, _ count: Int) throws {
    for (index, block) in plan.markdown.blocks.enumerated() {
      try check(block.range, count)
      let lines = plan.markdown.lines(of: index)
      for line in lines { try check(line, count) }
      let inline = InlineText(plan.source, lines: lines)
      for span in inline.codes + inline.links {
        try check(span.range, count)
        // Behind the last line there may be no line end.
        try check(inline.sourceRange(span.text), count + 1)
      }
    }
    for code in plan.codeBlocks {
      try check(code.range, count)
      _ = code.text(in: plan.source)
    }
    for part in plan.parts {
      for section in part.sections {
        try promise(plan.sections[section].kind != .other, "a part is made of a section that is none of the standard")
      }
    }
  }

  private static func check(_ range: SourceRange, _ count: Int) throws {
    try promise(
      range.lowerBound <= range.upperBound && range.upperBound <= count, "\(range) is outside of \(count) bytes")
  }

  /// What a run writes back is refused or can be read again, and writing the same again changes nothing.
  private static func checkWriteBack(_ source: SourceFile, steps: [String]) throws {
    let at: Int64 = 1_772_366_400
    let items = steps.enumerated().map { ($1, $0 % 3 == 0 ? LivingFacts.ItemState.notDone : .done(at: at)) }
    let facts = LivingFacts(
      items: Dictionary(items) { $1 },
      failures: [
        LivingFacts.Failure(
          step: "load", title: "Load it", run: 7, attempt: 2, reason: "exit 1", lastLines: ["```", "- [ ] no", "# x"],
          at: at)
      ], end: LivingFacts.End(run: 7, state: "failed", counts: "1 step succeeded, 1 failed", at: at))
    if let once = try? LivingEdits.applying(facts, to: source) {
      let twice = try? LivingEdits.applying(facts, to: SourceFile(path: source.path, bytes: once.bytes))
      try promise(twice?.bytes == once.bytes, "the same facts are written twice")
    }
    let entries: [LivingEntry] = [
      .decision("Keep it", why: "it works", by: "a person", at: at), .surprise("It fails", evidence: "a\n```\nb"),
      .progress("Write", isDone: true, at: at), .outcome("Done", at: at), .artifact("A file", at: at),
    ]
    // One each time: whatever is added, the whole plan is read again.
    _ = try? LivingEdits.appending(entries[source.bytes.count % entries.count], to: source)
  }
}
