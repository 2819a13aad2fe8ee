internal import CMarkGFM
internal import Glibc
internal import SourceText

/// Makes located blocks out of cmark's nodes: its lines and byte columns become offsets here and nowhere else.
struct BlockBuilder {
  let source: SourceFile
  /// The index of the line that cmark counts as its line 1 in the piece that is being read.
  private var firstLine = 0
  private var end = 0
  private var blocks: [MarkdownBlock]
  private(set) var lines: [SourceRange] = []
  /// How many quotes are open at the block that the walk has come to.
  private var quotes = 0

  init(source: SourceFile, range: SourceRange) {
    self.source = source
    blocks = [MarkdownBlock(kind: .document, range: range, parent: 0, next: 1, lines: 0..<0)]
    // Plans have a block in about a hundred bytes.
    blocks.reserveCapacity(range.upperBound / 96)
    lines.reserveCapacity(source.lineStarts.count)
  }

  /// All blocks; the document holds them.
  mutating func finish() -> [MarkdownBlock] {
    blocks[0].next = blocks.count
    return blocks
  }

  /// Adds the blocks of a piece of the file, which cmark saw with an empty line before it.
  ///
  /// Walks without recursion: a hostile file nests tens of thousands of blocks.
  mutating func append(_ root: OpaquePointer, from start: Int, to end: Int) {
    firstLine = source.lineIndex(of: start) - 1
    self.end = end
    var open = [0]
    var node = unsafe cmark_node_first_child(root)
    while let current = unsafe node {
      let index = blocks.count
      let type = unsafe cmark_node_get_type(current)
      unsafe append(current, type, parent: open[open.count - 1])
      if holdsBlocks(blocks[index].kind), let child = unsafe cmark_node_first_child(current) {
        open.append(index)
        if blocks[index].kind == .blockQuote { quotes += 1 }
        unsafe node = child
        continue
      }
      blocks[index].next = blocks.count
      unsafe node = current
      while let finished = unsafe node {
        if let sibling = unsafe cmark_node_next(finished) {
          unsafe node = sibling
          break
        }
        let closed = open.removeLast()
        if open.isEmpty { return }
        blocks[closed].next = blocks.count
        if blocks[closed].kind == .blockQuote { quotes -= 1 }
        unsafe node = cmark_node_parent(finished)
      }
    }
  }

  private func holdsBlocks(_ kind: MarkdownBlock.Kind) -> Bool {
    switch kind {
    case .paragraph, .heading, .tableCell: false
    default: true
    }
  }

  private mutating func append(_ node: OpaquePointer, _ type: cmark_node_type, parent: Int) {
    let first = line(unsafe cmark_node_get_start_line(node))
    var last = max(first, line(unsafe cmark_node_get_end_line(node)))
    // An underlined heading is said to end with the line after it.
    if type == CMARK_NODE_HEADING { last = (first...last).dropFirst().first { isUnderline($0) } ?? first }
    let range = unsafe self.range(of: node, from: first, to: last)
    let linesBefore = lines.count
    let kind: MarkdownBlock.Kind
    switch type {
    case CMARK_NODE_HEADING:
      kind = .heading(level: Int(unsafe cmark_node_get_heading_level(node)))
      appendHeading(range, first, last)
    case CMARK_NODE_PARAGRAPH:
      kind = .paragraph
      appendParagraph(range, first, last, inQuote: quotes > 0)
    case CMARK_NODE_CODE_BLOCK:
      kind = unsafe code(node, range, first, last)
    case CMARK_NODE_LIST:
      let isOrdered = unsafe cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      kind = .list(start: isOrdered ? Int(unsafe cmark_node_get_list_start(node)) : nil)
    case CMARK_NODE_ITEM: kind = .item
    case CMARK_NODE_BLOCK_QUOTE: kind = .blockQuote
    case CMARK_NODE_THEMATIC_BREAK: kind = .thematicBreak
    case CMARK_NODE_HTML_BLOCK: kind = .html
    default: kind = unsafe tableKind(node)
    }
    blocks.append(
      MarkdownBlock(
        kind: kind, range: range, parent: parent, next: blocks.count + 1, lines: linesBefore..<lines.count))
  }

  /// The extension's types have names and no constants.
  private func tableKind(_ node: OpaquePointer) -> MarkdownBlock.Kind {
    guard let name = unsafe cmark_node_get_type_string(node) else { return .other }
    if unsafe strcmp(name, "table") == 0 { return .table }
    if unsafe strcmp(name, "table_header") == 0 { return .tableRow(isHeader: true) }
    if unsafe strcmp(name, "table_row") == 0 { return .tableRow(isHeader: false) }
    return unsafe strcmp(name, "table_cell") == 0 ? .tableCell : .other
  }

  // MARK: Places

  /// The index of a line of the file; cmark counts from 1.
  private func line(_ number: Int32) -> Int {
    min(max(firstLine + Int(number) - 1, 0), source.lineStarts.count - 1)
  }

  private func range(of node: OpaquePointer, from first: Int, to last: Int) -> SourceRange {
    let line = source.lineRange(first)
    // After a byte order mark, cmark's first column is the fourth byte of the line.
    let column = max(0, Int(unsafe cmark_node_get_start_column(node)) - 1)
    var lower = min(line.lowerBound + column, line.upperBound)
    while lower < line.upperBound, source.bytes[lower].isBlank { lower += 1 }
    let upper = min(source.lineRange(last).upperBound, end)
    return SourceRange(start: min(lower, upper), end: upper)
  }

  // MARK: Lines

  /// The text of a heading without its marks: `## Title ##`, or the line above `---`.
  private mutating func appendHeading(_ range: SourceRange, _ first: Int, _ last: Int) {
    guard range.lowerBound < range.upperBound, source.bytes[range.lowerBound] == UInt8(ascii: "#"), first == last else {
      // A heading that is underlined: the last line holds the marks.
      appendParagraph(range, first, max(first, last - 1), inQuote: false)
      return
    }
    var lower = range.lowerBound
    while lower < range.upperBound, source.bytes[lower] == UInt8(ascii: "#") { lower += 1 }
    while lower < range.upperBound, source.bytes[lower].isBlank { lower += 1 }
    var upper = range.upperBound
    while upper > lower, source.bytes[upper - 1].isBlank { upper -= 1 }
    var mark = upper
    while mark > lower, source.bytes[mark - 1] == UInt8(ascii: "#") { mark -= 1 }
    if mark == lower || source.bytes[mark - 1].isBlank { upper = mark }
    while upper > lower, source.bytes[upper - 1].isBlank { upper -= 1 }
    lines.append(SourceRange(start: lower, end: upper))
  }

  private func isUnderline(_ line: Int) -> Bool {
    let range = source.lineRange(line)
    let text = source.bytes[range.lowerBound..<range.upperBound]
      .drop { $0.isBlank || $0 == UInt8(ascii: ">") }
    guard let mark = text.first, mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-") else { return false }
    return text.allSatisfy { $0 == mark || $0.isBlank }
  }

  private mutating func appendParagraph(_ range: SourceRange, _ first: Int, _ last: Int, inQuote: Bool) {
    for line in first...last {
      let whole = source.lineRange(line)
      var lower = line == first ? range.lowerBound : whole.lowerBound
      var upper = min(whole.upperBound, end)
      while lower < upper, source.bytes[lower].isBlank || (inQuote && source.bytes[lower] == UInt8(ascii: ">")) {
        lower += 1
      }
      while upper > lower, source.bytes[upper - 1].isBlank { upper -= 1 }
      lines.append(SourceRange(start: lower, end: max(lower, upper)))
    }
  }

  private mutating func code(
    _ node: OpaquePointer, _ range: SourceRange, _ first: Int, _ last: Int
  ) -> MarkdownBlock.Kind {
    var length: Int32 = 0
    var offset: Int32 = 0
    var character: CChar = 0
    let isFenced = unsafe cmark_node_get_fenced(node, &length, &offset, &character) != 0
    let literal = unsafe cmark_node_get_literal(node).map { unsafe UnsafeBufferPointer(start: $0, count: strlen($0)) }
    let count = unsafe literal.map { unsafe lineCount($0) } ?? 0
    let begin = isFenced ? first + 1 : first
    if let literal = unsafe literal { unsafe appendCode(literal, from: begin) }
    guard isFenced else { return .code(MarkdownCode(info: nil, fence: nil, isClosed: true)) }
    let fence = MarkdownCode.Fence(character: UInt8(bitPattern: character), length: Int(length))
    return .code(
      MarkdownCode(
        info: info(of: range, first, fence), fence: fence, isClosed: begin + count <= last && isFence(last, fence)))
  }

  private func lineCount(_ text: UnsafeBufferPointer<CChar>) -> Int {
    var count = unsafe text.count { $0 == 0x0A }
    if let last = unsafe text.last, last != 0x0A { count += 1 }
    return count
  }

  /// Each line of a block's content is the end of a line of the source, whatever stands before it.
  private mutating func appendCode(_ text: UnsafeBufferPointer<CChar>, from first: Int) {
    var line = first
    var position = 0
    while position < text.count, line < source.lineStarts.count {
      var next = position
      while next < text.count, unsafe text[next] != 0x0A { next += 1 }
      let whole = source.lineRange(line)
      let upper = min(whole.upperBound, end)
      // A tab that is indentation only in part, or a NUL, makes the two lines differ in length.
      lines.append(SourceRange(start: max(whole.lowerBound, upper - (next - position)), end: upper))
      line += 1
      position = next + 1
    }
  }

  /// The text after the opening fence.
  private func info(of range: SourceRange, _ line: Int, _ fence: MarkdownCode.Fence) -> SourceRange {
    let whole = source.lineRange(line)
    var lower = range.lowerBound
    while lower < whole.upperBound, source.bytes[lower] == fence.character { lower += 1 }
    while lower < whole.upperBound, source.bytes[lower].isBlank { lower += 1 }
    var upper = whole.upperBound
    while upper > lower, source.bytes[upper - 1].isBlank { upper -= 1 }
    return SourceRange(start: lower, end: upper)
  }

  /// Whether a line is a fence that ends a block.
  private func isFence(_ line: Int, _ fence: MarkdownCode.Fence) -> Bool {
    let range = source.lineRange(line)
    var text = source.bytes[range.lowerBound..<range.upperBound]
    while let last = text.last, last.isBlank { text.removeLast() }
    var count = 0
    while text.last == fence.character {
      text.removeLast()
      count += 1
    }
    return count >= fence.length && text.allSatisfy { $0.isBlank || $0 == UInt8(ascii: ">") }
  }
}

extension UInt8 {
  /// A blank or a tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }
}
