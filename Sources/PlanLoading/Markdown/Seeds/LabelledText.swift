internal import Markdown
internal import SourceText

/// A line such as `**Owner:** Ana`, `Objective: …` or `- Infrastructure: two servers`.
struct LabelledText {
  /// In lower case, without marks.
  var label: String
  /// What stands behind the colon; empty if nothing does.
  var value: SourceRange
  var text: String
  var isBold: Bool

  /// Nil if the line has no short text before a colon.
  init?(_ source: SourceFile, _ line: SourceRange) {
    let bytes = source.bytes[line.lowerBound..<line.upperBound]
    guard let colon = bytes.prefix(80).firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let head = CellText(bytes[..<colon])
    var start = colon + 1
    // `**Owner:** Ana`: the marks end behind the colon.
    let marks = bytes[..<colon].prefix { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "_") }
    isBold = marks.count >= 2
    for mark in marks where start < line.upperBound && source.bytes[start] == mark { start += 1 }
    label = head.text.lowercased()
    while let first = label.first, first == "*" || first == "_" { label.removeFirst() }
    guard !label.isEmpty, label.utf8.count <= 40 else { return nil }
    value = MarkdownTable.trimmed(source, SourceRange(start: start, end: line.upperBound))
    text = CellText(source, value).text
  }
}

extension MarkdownDocument {
  /// The text of a paragraph or heading as a reader sees it, on one line.
  func plainText(of block: Int) -> String {
    lines(of: block).map { CellText(source, $0).text }.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The first paragraph of each item of a list, with the place of its first line.
  func items(of list: Int) -> [(block: Int, range: SourceRange, text: String)] {
    children(of: list).compactMap { item in
      guard let paragraph = firstParagraph(of: item), let first = lines(of: paragraph).first else { return nil }
      return (item, first, plainText(of: paragraph))
    }
  }

  /// The lines of the first paragraph of an item.
  func firstText(of item: Int) -> SourceRange? {
    guard let paragraph = firstParagraph(of: item) else { return nil }
    let lines = lines(of: paragraph)
    return lines.first.flatMap { first in lines.last.map { first.union($0) } }
  }

  private func firstParagraph(of item: Int) -> Int? {
    children(of: item).first { if case .paragraph = blocks[$0].kind { true } else { false } }
  }

  func isList(_ block: Int) -> Bool {
    if case .list = blocks[block].kind { true } else { false }
  }
}
