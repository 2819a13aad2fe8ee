package import SourceText

/// A block of code of a markdown plan: fenced, indented, or a paragraph below a list item that was meant as code.
package struct CodeBlock: Sendable {
  /// The block in the document; of a repaired one the first paragraph.
  package let block: Int
  /// With its fences; an indented one from its first line's indentation on.
  package let range: SourceRange
  /// The lines of the content, without indentation that belongs to blocks around it.
  package let lines: [SourceRange]
  /// The first word after the opening fence, as it is written.
  package let language: Located<String>?
  /// All that stands after the opening fence; nil without a fence, empty when nothing stands there.
  package let info: SourceRange?
  /// False for a fence that nothing ends.
  package let isClosed: Bool
  /// Whether it is code by its indentation of four columns only: below a list item CommonMark asks for more,
  /// and reads a paragraph.
  package let isRepaired: Bool
  /// The innermost section that it stands in.
  package let section: Int?
  /// The kind of the nearest section around it that is one of the twelve.
  package let kind: SectionKind
  /// The block of the innermost list item around it.
  package let item: Int?

  package var isFenced: Bool { info != nil }

  /// The content: its lines, each with a line feed.
  package func text(in source: SourceFile) -> [UInt8] {
    var text: [UInt8] = []
    for line in lines {
      text.append(contentsOf: source.bytes[line.lowerBound..<line.upperBound])
      text.append(0x0A)
    }
    return text
  }
}
