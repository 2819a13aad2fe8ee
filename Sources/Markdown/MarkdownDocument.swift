package import SourceText

/// The blocks of a markdown text in the order in which they are written, each with its place.
///
/// What stands inside paragraphs is not kept as nodes: `InlineText` reads it from the source where it is
/// asked for.
package struct MarkdownDocument: Sendable {
  package let source: SourceFile
  /// The lines between the two `---` at the head of the file, without these; nil if there is none.
  package let frontMatter: SourceRange?
  /// The first is the document itself; never empty.
  package let blocks: [MarkdownBlock]
  /// The lines of paragraphs, headings and code, each without what belongs to the blocks around it.
  let lineTable: [SourceRange]

  package struct Children: Sequence, IteratorProtocol {
    fileprivate let blocks: [MarkdownBlock]
    fileprivate var position: Int
    fileprivate let end: Int

    package mutating func next() -> Int? {
      guard position < end else { return nil }
      defer { position = blocks[position].next }
      return position
    }
  }

  /// The indices of the blocks directly inside one.
  package func children(of index: Int) -> Children {
    Children(blocks: blocks, position: index + 1, end: blocks[index].next)
  }

  /// The lines of a paragraph, a heading or the content of a code block, without indentation that belongs
  /// to the blocks around it; none for other blocks. Line breaks are not in the ranges.
  package func lines(of index: Int) -> ArraySlice<SourceRange> { lineTable[blocks[index].lines] }

  /// The content of a code block: its lines, each with a line feed.
  package func codeText(of index: Int) -> [UInt8] {
    var text: [UInt8] = []
    for line in lines(of: index) {
      text.append(contentsOf: source.bytes[line.lowerBound..<line.upperBound])
      text.append(0x0A)
    }
    return text
  }

  /// The columns before a place on its line, as far as they are blank; nil if something else stands there.
  package func indentation(of offset: Int) -> Int? {
    let start = source.lineRange(source.lineIndex(of: offset)).lowerBound
    let isBlank = source.bytes[min(start, offset)..<offset].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    return isBlank ? offset - start : nil
  }
}
