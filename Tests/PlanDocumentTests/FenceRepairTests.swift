internal import PlanDocument
internal import SourceText
internal import Testing

@Suite struct FenceRepairTests {
  /// The headings, then the repairs with the line of the fence.
  private func outline(_ text: String) -> String {
    let plan = MarkdownPlan.read(SourceFile(path: "x.md", text: text))
    let headings = plan.sections.map { "\($0.level) \($0.heading.value)" }
    let repairs = plan.repairs.map { repair in
      let end = repair.end.map { "-\(plan.source.lineIndex(of: $0.lowerBound) + 1)" } ?? ""
      return "\(repair.kind) \(plan.source.lineIndex(of: repair.range.lowerBound) + 1)\(end)"
    }
    return (headings + repairs).joined(separator: "\n")
  }

  @Test(arguments: [
    ("# T\n\n```\n## Progress\n```\n\n## Steps\n", "1 T\n2 Steps"),
    ("# T\n\n```bash\nmake\n\n## Progress\n\n## Other\n", "1 T\n2 Progress\n2 Other\nunclosed 3-6"),
    ("# T\n\n```bash\nmake\n# Progress\n", "1 T"),
    (
      "# T\n\n```bash\nmake\n\n## Progress\n\n```sh\nx\n```\n\n## Decision Log\n",
      "1 T\n2 Progress\n2 Decision Log\nunclosed 3-6"
    ),
    ("# T\n\n```md\n## Progress\n```sh\nx\n```\n", "1 T"),
    ("# T\n\n## Progress\n\n```\n", "1 T\n2 Progress\nstray 5"),
    ("# T\n\n```\nx\n", "1 T"),
    ("```md\n# T\n\n## Progress\n\n```sh\nx\n```\n\n## Steps\n```\n", "1 T\n2 Progress\n2 Steps\nouter 1-11"),
    ("---\na: 1\n---\n\n````markdown\n# T\n\n## Steps\n````\n\nRevised.\n", "1 T\n2 Steps\nouter 5-9"),
    ("```md\n# T\n\n## Steps\n", "1 T\n2 Steps\nouter 1"),
    ("```\n# T\n\n## Steps\n```\n\n## After\n", "1 T\n2 Steps\n2 After\nouter 1-5"),
    ("```sh\n# T\n```\n\n## Steps\n", "2 Steps"),
    ("- a\n\n  ```\n  x\n\n## Steps\n", "2 Steps"),
    ("\u{FEFF}```md\r\n# T\r\n\r\n## Steps\r\n```\r\n", "1 T\n2 Steps\nouter 1-5"),
  ])
  func readsWhatTheFencesWereMeantToBe(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test func whatFollowsAnOuterFenceIsRead() {
    let text = "```md\n# T\n\n    code\n```\n\n    after\n"
    let plan = MarkdownPlan.read(SourceFile(path: "x.md", text: text))
    #expect(plan.codeBlocks.map { String(decoding: $0.text(in: plan.source), as: UTF8.self) } == ["code\n", "after\n"])
  }

  @Test func manyFencesWithoutAnEndAreReadInBoundedTime() {
    var text = "# T\n"
    for length in (3..<120).reversed() { text += String(repeating: "`", count: length) + "\n## Progress\n" }
    let plan = MarkdownPlan.read(SourceFile(path: "x.md", text: text))
    #expect(plan.repairs.count >= 8)
  }
}
