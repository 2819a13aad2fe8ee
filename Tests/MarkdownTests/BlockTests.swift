internal import Markdown
internal import SourceText
internal import Testing

@Suite struct BlockTests {
  /// One line a block: indentation by depth, the kind, and the text of its lines.
  private func outline(_ text: String) -> String {
    let source = SourceFile(path: "x.md", text: text)
    let document = MarkdownParser.parse(source)
    var depth = [0]
    var result = ""
    for (index, block) in document.blocks.enumerated().dropFirst() {
      depth.append(depth[block.parent] + 1)
      let lines = document.lines(of: index).map { source.text($0) }.joined(separator: "|")
      let place = source.location(of: block.range.lowerBound)
      result += String(repeating: " ", count: depth[index] - 1) + "\(name(block.kind)) \(place.line):\(place.column)"
      result += lines.isEmpty ? "\n" : " \(lines)\n"
    }
    return result
  }

  private func name(_ kind: MarkdownBlock.Kind) -> String {
    switch kind {
    case .heading(let level): "h\(level)"
    case .code(let code): code.isFenced ? (code.isClosed ? "fence" : "open-fence") : "code"
    case .list(let start): start.map { "ol\($0)" } ?? "ul"
    case .tableRow(let isHeader): isHeader ? "head" : "row"
    default: "\(kind)"
    }
  }

  @Test(arguments: [
    ("# A ##\n\ntext\n  more\n", "h1 1:1 A\nparagraph 3:1 text|more\n"),
    ("A\n===\n", "h1 1:1 A\n"), ("A\nb\n---\n\n\nc\n", "h2 1:1 A|b\nparagraph 6:1 c\n"),
    ("A\n---\n    c\n", "h2 1:1 A\ncode 3:5 c\n"),
    (
      "1. x\n\n       make\n        deep\n\n2. y\n",
      "ol1 1:1\n item 1:1\n  paragraph 1:4 x\n  code 3:8 make| deep\n item 6:1\n  paragraph 6:4 y\n"
    ),
    ("  ```sh {#a}\n  x\n y\n  ```\n", "fence 1:3 x|y\n"),
    ("```\nx\n", "open-fence 1:1 x\n"),
    ("> ```\n> x\n> ```\n", "blockQuote 1:1\n fence 1:3 x\n"),
    ("---\na: 1\n---\n# T\n", "h1 4:1 T\n"),
    (
      "| a | b |\n|---|---|\n| 1 | 2 |\n",
      "table 1:1\n head 1:1\n  tableCell 1:3\n  tableCell 1:7\n row 3:1\n  tableCell 3:3\n  tableCell 3:7\n"
    ),
    ("\u{FEFF}# T\r\n\r\n    make\r\n", "h1 1:1 T\ncode 3:5 make\n"),
  ])
  func readsBlocksWithTheirPlaces(text: String, expected: String) {
    #expect(outline(text) == expected)
  }
}
