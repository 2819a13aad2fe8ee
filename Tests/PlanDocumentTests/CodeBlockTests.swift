internal import PlanDocument
internal import SourceText
internal import Testing

@Suite struct CodeBlockTests {
  /// One line a block: `kind/section language: content`, `!` for a repaired one, `?` for one without an end.
  private func outline(_ text: String) -> String {
    let plan = MarkdownPlan.read(SourceFile(path: "x.md", text: text))
    return plan.codeBlocks.map { code in
      let lines = code.lines.map { plan.source.text($0) }.joined(separator: "|")
      let form = (code.isFenced ? "fence" : "code") + (code.isRepaired ? "!" : "") + (code.isClosed ? "" : "?")
      return "\(form) \(code.kind) \(code.language?.value ?? "-")\(code.item == nil ? "" : " item"): \(lines)"
    }.joined(separator: "\n")
  }

  @Test(arguments: [
    ("## Concrete Steps\n\n    make\n     deep\n\n    test\n", "code steps -: make| deep||test"),
    ("## Concrete Steps\n\n### Milestone 1\n\n```bash {#a}\nx\n```\n", "fence steps bash: x"),
    ("```{#a}\n```\n", "fence other -: "), ("```\nx", "fence? other -: x"),
    ("1. Do:\n\n    make test\n    make b\n", "code! other - item: make test|make b"),
    ("1. Do:\n\n       make test\n", "code other - item: make test"),
    ("1. Do:\n\n    cd a\n\n    make\n2. Next:\n\n    b\n", "code! other - item: cd a||make\ncode! other - item: b"),
    ("- Do:\n\n    # a comment\n    make\n\n- Next.\n", "code! other - item: # a comment|make"),
    ("- Do:\n\n    cat <<X\n    > y\n    <z>\n", "code! other - item: cat <<X|> y|<z>"),
    ("1. Do:\n\n\tmake\n\t\tdeep\n", "code! other - item: make|\tdeep"),
    ("1. Do:\r\n\r\n    make\r\n    b\r\n", "code! other - item: make|b"),
    ("1. Do:\n\n    This is prose that goes on\n    to a second line.\n", ""),
    ("1. Do:\n\n   prose\n", ""), ("1. Do:\n    hanging\n", ""), ("1. Do:\n\n    make\n   lazy\n", ""),
    ("- a\n\n    - b\n\n          x\n", "code other - item: x"),
    ("> 1. Do:\n>\n>     make\n", ""),
  ])
  func findsCodeInAllItsForms(text: String, expected: String) {
    #expect(outline(text) == expected)
  }

  @Test func blocksOfAMillionBytesAreFoundInBoundedTime() {
    let text = "## Progress\n\n" + String(repeating: "1. a\n\n    b\n\n    c\n\n", count: 10_000)
    let plan = MarkdownPlan.read(SourceFile(path: "x.md", text: text))
    #expect(plan.codeBlocks.count == 10_000)
    #expect(plan.codeBlocks.allSatisfy { $0.lines.count == 3 && $0.kind == .progress })
  }
}
