internal import Markdown
internal import SourceText

/// Collects the blocks of code of a markdown plan in one walk.
struct CodeReader {
  private let markdown: MarkdownDocument
  private let sections: [Section]
  private let source: SourceFile
  private var result: [CodeBlock] = []
  /// The innermost section of the block that the walk has come to, and its kind.
  private var section: Int?
  private var kinds: [SectionKind] = []
  /// The innermost list item around each block that is open.
  private var items: [(item: Int, end: Int)] = []

  init(_ markdown: MarkdownDocument, _ sections: [Section]) {
    self.markdown = markdown
    self.sections = sections
    source = markdown.source
    for section in sections {
      kinds.append(section.kind == .other ? section.parent.map { kinds[$0] } ?? .other : section.kind)
    }
  }

  mutating func read() -> [CodeBlock] {
    var index = 1
    while index < markdown.blocks.count {
      while let next = section.map({ $0 + 1 }) ?? 0 as Int?, next < sections.count, sections[next].block <= index {
        section = next
      }
      while let last = items.last, last.end <= index { items.removeLast() }
      let block = markdown.blocks[index]
      switch block.kind {
      case .code(let code): append(code, index)
      case .item: items.append((index, block.next))
      case .paragraph, .heading:
        if block.parent == items.last?.item, index > block.parent + 1 { index = appendRun(from: index) }
      default: break
      }
      index += 1
    }
    return result
  }

  private mutating func append(_ code: MarkdownCode, _ index: Int) {
    let lines = Array(markdown.lines(of: index))
    let info = code.info
    var language: Located<String>?
    if let info {
      var end = info.lowerBound
      while end < info.upperBound, !isSpace(source.bytes[end]), source.bytes[end] != UInt8(ascii: "{") { end += 1 }
      let range = SourceRange(start: info.lowerBound, end: end)
      if !range.isEmpty { language = Located(source.text(range), range) }
    }
    append(
      index, markdown.blocks[index].range, lines, language: language, info: info, isClosed: code.isClosed,
      isRepaired: false)
  }

  private mutating func append(
    _ index: Int, _ range: SourceRange, _ lines: [SourceRange], language: Located<String>?, info: SourceRange?,
    isClosed: Bool, isRepaired: Bool
  ) {
    result.append(
      CodeBlock(
        block: index, range: range, lines: lines, language: language, info: info, isClosed: isClosed,
        isRepaired: isRepaired, section: section, kind: section.map { kinds[$0] } ?? .other, item: items.last?.item))
  }

  // MARK: Repair

  /// Takes the blocks from a paragraph on as code as far as all their lines are indented by four columns.
  ///
  /// - Returns: the last block that was taken; the given one if it is no code.
  private mutating func appendRun(from first: Int) -> Int {
    guard let start = codeLines(of: first) else { return first }
    let parent = markdown.blocks[first].parent
    var last = first
    var lines = start
    var next = markdown.blocks[first].next
    while next < markdown.blocks[parent].next, let more = codeLines(of: next) {
      lines = lines.lowerBound...more.upperBound
      last = markdown.blocks[next].next - 1
      next = markdown.blocks[next].next
    }
    let content = content(of: lines)
    if isSentence(content) { return first }
    append(
      first, SourceRange(start: content[0].lowerBound, end: content[content.count - 1].upperBound), content,
      language: nil, info: nil, isClosed: true, isRepaired: true)
    return last
  }

  /// The lines of the source that a block takes, if it is of a kind that a script may be mistaken for and
  /// all of them are indented by four columns.
  private func codeLines(of index: Int) -> ClosedRange<Int>? {
    let block = markdown.blocks[index]
    switch block.kind {
    case .paragraph, .heading, .html, .blockQuote: break
    default: return nil
    }
    let first = source.lineIndex(of: block.range.lowerBound)
    let last = source.lineIndex(of: max(block.range.lowerBound, block.range.upperBound - 1))
    for line in first...last where indentation(of: source.lineRange(line)) < 4 { return nil }
    return first...last
  }

  /// The lines without the indentation that all of them have.
  private func content(of lines: ClosedRange<Int>) -> [SourceRange] {
    let ranges = lines.map { source.lineRange($0) }
    var indent = Int.max
    for range in ranges where !isBlank(range) { indent = min(indent, indentation(of: range)) }
    return ranges.map { dropIndentation($0, indent) }
  }

  private func indentation(of line: SourceRange) -> Int {
    var column = 0
    for byte in source.bytes[line.lowerBound..<line.upperBound] {
      if byte == 0x20 { column += 1 } else if byte == 0x09 { column += 4 - column % 4 } else { break }
    }
    return column
  }

  private func dropIndentation(_ line: SourceRange, _ indent: Int) -> SourceRange {
    var column = 0
    var start = line.lowerBound
    while start < line.upperBound, column < indent {
      if source.bytes[start] == 0x20 {
        column += 1
      } else if source.bytes[start] == 0x09 {
        column += 4 - column % 4
      } else {
        break
      }
      start += 1
    }
    return SourceRange(start: start, end: line.upperBound)
  }

  private func isBlank(_ line: SourceRange) -> Bool {
    source.bytes[line.lowerBound..<line.upperBound].allSatisfy { isSpace($0) }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Whether lines are prose: they begin with a capital letter and end as a sentence does.
  private func isSentence(_ lines: [SourceRange]) -> Bool {
    guard let first = lines.first, let last = lines.last else { return false }
    let start = source.bytes[first.lowerBound..<first.upperBound].first { !isSpace($0) } ?? 0
    let end = source.bytes[last.lowerBound..<last.upperBound].last { !isSpace($0) } ?? 0
    return start >= UInt8(ascii: "A") && start <= UInt8(ascii: "Z") && ".:;,".utf8.contains(end)
  }
}
