internal import Markdown
internal import SourceText
internal import TestSupport
internal import Testing

/// Texts that cost cmark-gfm 0.29 time or memory far beyond their length, or that no person would write.
/// A test that is not over after minutes has found one.
@Suite struct HostileInputTests {
  private static let size = 40_000

  private static func fill(_ text: String, _ size: Int = size) -> String {
    String(repeating: text, count: max(1, size / text.utf8.count))
  }

  private static let texts: [(name: String, text: String)] = [
    ("quotes", fill(">")), ("quotes and lines", fill("> ") + fill("\na")), ("lists", fill("- ") + "x" + fill("\n")),
    ("numbered lists", fill("1. ") + "x" + fill("\n")), ("bullets of all kinds", fill("* + - ") + fill("\n\n")),
    ("lists in quotes", fill("> - ") + "x\n\n" + fill("> \n")), ("tabs and lists", nested(by: "\t- ")),
    ("indented lists", nested(by: "  - ")),
    ("delimiters", fill("-|-|-\n:-\n")), ("head and delimiters", fill("|") + fill("\n|-")),
    ("wrong heads", fill("a|b\n-|-|-\n")), ("text and delimiters", fill("a\n") + fill("|-|\n")),
    ("delimiters in a quote", fill("> a|b\n> -|-|-\n")),
    ("short rows", fill("|a", 8_000) + "|\n" + fill("|-", 8_000) + "|\n" + fill("|x\n", 8_000)),
    ("brackets", fill("[")), ("links", fill("[a](")), ("stars", fill("*a_")), ("backticks", fill("` `` ```` ")),
    ("definitions", fill("[a]: b\n")), ("open definitions", fill("[a]: <b \"\n")), ("tags", fill("<a b=\"")),
    ("comments", fill("<!-- \n")), ("underlines", fill("a\n=\n")), ("fences", fill("```\n")),
    ("fences of all lengths", (3..<400).reversed().map { fill("`", $0) + "\n" }.joined()),
    ("blank lines in code", "    a\n" + fill("\n") + "    b\n"), ("returns", fill("\r")), ("zeros", fill("\0a\0\n")),
    ("one line", fill("word ")), ("spaces", fill(" ") + "- a\n"), ("front matter", "---\n" + fill("a: 1\n")),
    ("columns of pipes", "a|b\n-|-\n" + fill("|||||||||||||\n")),
  ]

  private static func nested(by step: String) -> String {
    var text = ""
    var indent = ""
    while text.utf8.count < size {
      text += indent + String(repeating: "- ", count: 100) + "a\n"
      indent += String(repeating: String(step.first ?? " "), count: 60)
    }
    return text + fill("\n")
  }

  @Test(arguments: texts.map(\.name)) func isReadInBoundedTime(name: String) throws {
    let text = try #require(Self.texts.first { $0.name == name }).text
    check(MarkdownParser.parse(SourceFile(path: "x.md", text: text)))
  }

  /// What holds for every document, whatever the text.
  private func check(_ document: MarkdownDocument) {
    let size = document.source.bytes.count
    var isSound = !document.blocks.isEmpty && document.blocks[0].next == document.blocks.count
    for (index, block) in document.blocks.enumerated() {
      isSound = isSound && block.next > index && block.next <= document.blocks.count && block.range.upperBound <= size
      isSound = isSound && (index == 0 || block.parent < index)
      for line in document.lines(of: index) { isSound = isSound && line.upperBound <= size }
    }
    #expect(isSound)
  }

  @Test func bytesAtRandomAreReadToTheEnd() {
    var generator = SeededGenerator(seed: 31)
    let pieces = [
      "#", " ", "\n", "\r", "\t", "-", ">", "|", "`", "```\n", "1. ", "    ", "[", "]", "\0", "é", "<!--", "---\n",
    ]
    for _ in 0..<600 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<60, using: &generator) {
        if Int.random(in: 0..<8, using: &generator) == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &generator))
        } else {
          bytes.append(contentsOf: pieces.randomElement(using: &generator)?.utf8 ?? "".utf8)
        }
      }
      let source = SourceFile(path: "x.md", bytes: bytes)
      let document = MarkdownParser.parse(source)
      check(document)
      for index in document.blocks.indices {
        let inline = InlineText(source, lines: document.lines(of: index))
        #expect(inline.bytes.count == inline.offsets.count)
      }
    }
  }

  @Test func zerosInCodeKeepTheirPlaces() {
    let source = SourceFile(path: "x.md", text: "```\na\0b\n```\n\n    c\0d\n")
    let document = MarkdownParser.parse(source)
    let code = document.blocks.indices.flatMap { document.lines(of: $0) }.map { source.text($0) }
    #expect(code == ["a\0b", "c\0d"])
  }

  @Test func tablesAndListsOfASensibleSizeAreLeftAlone() {
    let rows = String(repeating: "| a | b | c |\n", count: 5_000)
    let table = MarkdownParser.parse(SourceFile(path: "x.md", text: "| x | y | z |\n|---|---|---|\n" + rows))
    #expect(table.blocks.count { $0.kind == .tableRow(isHeader: false) } == 5_000)
    var text = ""
    for depth in 0..<40 { text += String(repeating: "  ", count: depth) + "- a\n" }
    let list = MarkdownParser.parse(SourceFile(path: "x.md", text: text))
    #expect(list.blocks.count { $0.kind == .item } == 40)
  }
}
