internal import Diagnostics
internal import PlanDocument
internal import SourceText
internal import Testing

@Suite struct SuppressionTests {
  private static func diagnostic(_ code: String, line: Int, in source: SourceFile) -> Diagnostic {
    let rule = Rule(code, "name-of-\(code.lowercased())", summary: "s", explanation: "e", bad: "b", good: "g")
    return Diagnostic(rule, source.lineRange(line - 1), "m")
  }

  private static func read(_ text: String, _ path: String = "a.yaml") -> PlanDocument {
    var collector = DiagnosticCollector()
    return PlanDocument.read(SourceFile(path: path, text: text), into: &collector)
  }

  /// A plan and the lines on which EP401 is suppressed.
  @Test(arguments: [
    ("a: 1\n# execplan:ignore EP401 it is fine\nb: 2\nc: 3\n", [3]),
    ("a: 1\n# execplan:ignore EP401\n\n# note\nb: 2\nc: 3\n", [5]),
    ("a: 1 # execplan:ignore EP401\nb: 2\n", [1]), ("# execplan:ignore EP401\na: 1\nb: 2\n", [1, 2, 3]),
    ("---\n# execplan:ignore EP401\na: 1\n", [1, 2, 3]), ("a: 1\n# execplan:ignore EP402, EP401 both\nb: 2\n", [3]),
    ("a: 1\n# execplan:ignore EP402 EP401\nb: 2\n", []), ("a: 1\n# execplan:ignore name-of-ep401\nb: 2\n", [3]),
    ("a: 1\n#execplan:ignore EP401\nb: 2\n", [3]), ("a: 1\n# execplan:ignored EP401\nb: 2\n", []),
    ("a: 1\n# execplan:ignore\nb: 2\n", []),
    ("a: x#execplan:ignore EP401\n", []),
    ("a: 1\n# execplan:ignore EP401\nrun: |\n  one\n\n  two\nb: 1\n", [3, 4, 5, 6]),
    ("a: 1\nrun: >- # execplan:ignore EP401\n  one\n  two\nb: 1\n", [2, 3, 4]),
    ("run: |\n  one\n  # execplan:ignore EP401\n  two\n  three\n", [4]),
    ("a: 1\n# execplan:ignore EP401\n# execplan:ignore EP402\nb: 2\n", [4]),
    ("a: 1\r\n# execplan:ignore EP401\r\nb: 2\r\n", [3]),
    ("a: 1\n# execplan:ignore EP401\n- run: |\n    x\n  y: 1\n", [3, 4]), ("a: 1\nb: 2\n# execplan:ignore EP401", []),
    ("a: 1\n# execplan:ignore EP401\n- - |\n   x\n  - y\n", [3, 4]),
  ])
  func aCommentCountsForItsLines(text: String, expected: [Int]) {
    expect(Self.read(text), expected)
  }

  /// A markdown plan and the lines on which EP401 is suppressed.
  @Test(arguments: [
    ("# T\n\n<!-- execplan:ignore EP401 it is fine -->\n\nb\nc\n", [5]),
    ("<!-- execplan:ignore EP401 -->\n# T\n\na\n", [1, 2, 3, 4]),
    ("---\na: 1\n---\n<!-- execplan:ignore EP401 -->\n# T\n", [1, 2, 3, 4, 5]),
    ("# T\n\na <!-- execplan:ignore EP401 -->\nb\n", [3]), ("# T\n<!--execplan:ignore EP402, EP401-->\nb\nc\n", [3]),
    ("# T\n<!-- execplan:ignored EP401 -->\nb\n", []), ("# T\n# execplan:ignore EP401\nb\n", []),
    ("# T\n\n```sh\n# execplan:ignore EP401\nmake\ntest\n```\n", [5]),
    ("# T\n\n```sh\nmake # execplan:ignore EP401\ntest\n```\n", [4]),
    ("# T\n\n    make\n    # execplan:ignore EP401\n    test\n    x\n", [5]),
    ("# T\n\n```sh\n<!-- execplan:ignore EP401 -->\nx\n```\n", []),
    ("# T\n<!-- execplan:ignore EP401 -->\n```sh\nx\ny\n```\nz\n", [3, 4, 5, 6]),
    ("# T\n<!-- execplan:ignore EP401 -->\n\n    x\n    y\n\nz\n", [4, 5]),
    ("1. a\n\n    # execplan:ignore EP401\n    make\n    b\n", [4]),
    ("---\n# execplan:ignore EP401\na: 1\n---\n# T\n", [1, 2, 3, 4, 5]),
    ("---\na: 1\nb: 2 # execplan:ignore EP401\n---\n# T\n", [3]),
    ("# T\n\n```yaml\nrun: | # execplan:ignore EP401\n  x\n  y\nz: 1\n```\n", [4, 5, 6]),
    ("# T\r\n<!-- execplan:ignore EP401 -->\r\nb\r\nc\r\n", [3]),
    ("<!-- execplan:ignore EP401 -->\ntext\n", [1, 2]),
  ])
  func aCommentInMarkdownCountsForItsLines(text: String, expected: [Int]) {
    expect(Self.read(text, "a.md"), expected)
  }

  private func expect(_ document: PlanDocument, _ expected: [Int]) {
    let lines = document.source.lineStarts.indices.map { $0 + 1 }.filter {
      document.suppressions.suppresses(Self.diagnostic("EP401", line: $0, in: document.source), in: document.source)
    }
    let last = document.source.lineStarts.count
    #expect(lines.filter { $0 < last || expected.contains($0) } == expected.filter { $0 <= last })
  }

  @Test func whatMatchedNothingIsKnown() {
    let document = Self.read("a: 1\n# execplan:ignore EP401, EP402 why\nb: 2\nc: 3 # execplan:ignore EP403\n")
    let findings = [
      Self.diagnostic("EP402", line: 3, in: document.source), Self.diagnostic("EP403", line: 3, in: document.source),
    ]
    let unused = document.suppressions.unused(after: findings, in: document.source)
    #expect(unused.map(\.rule) == ["EP401", "EP403"])
    #expect(unused.map(\.reason) == ["why", ""])
    #expect(document.source.text(unused[0].range) == "EP401")
  }

  @Test func aFileWithoutCommentsSuppressesNothing() {
    let document = Self.read("a: 1\n")
    #expect(document.suppressions.isEmpty)
    #expect(document.suppressions.unused(after: [], in: document.source).isEmpty)
  }

  @Test func aHundredThousandCommentsAreFound() {
    let document = Self.read(
      "a: 1\n" + String(repeating: "# execplan:ignore EP401\n", count: 100_000) + "run: |\n"
        + String(repeating: "  x\n", count: 100_000))
    #expect(document.suppressions.all.count == 100_000)
    let last = Self.diagnostic("EP401", line: 200_002, in: document.source)
    #expect(document.suppressions.suppresses(last, in: document.source))
  }
}
