package import SourceText

/// One block of a markdown document.
///
/// Blocks stand in the order of the text: the children of a block follow it directly.
package struct MarkdownBlock: Sendable {
  package enum Kind: Hashable, Sendable {
    case document
    /// The level is 1 to 6.
    case heading(level: Int)
    case paragraph
    case code(MarkdownCode)
    /// `start` is the number of the first item; nil for a list of bullets.
    case list(start: Int?)
    case item
    case table
    case tableRow(isHeader: Bool)
    case tableCell
    case blockQuote
    case thematicBreak
    case html
    /// A definition of a footnote, or a block of an extension.
    case other
  }

  package let kind: Kind
  /// From the first byte of the block that is no indentation to the end of its last line.
  package let range: SourceRange
  /// The index of the block that holds this one; 0 for the document itself.
  package let parent: Int
  /// The index after the last block inside this one.
  package internal(set) var next: Int
  /// The place of the block's lines in the document's table of lines: those of a paragraph, of a heading,
  /// and of the content of a code block.
  let lines: Range<Int>
}

/// How a block of code is written.
package struct MarkdownCode: Hashable, Sendable {
  /// The text after the opening fence; nil for an indented block.
  package let info: SourceRange?
  /// The character of the fence and how often it stands there; nil for an indented block.
  package let fence: Fence?
  /// Whether a fence ends the block; true for an indented block.
  package let isClosed: Bool

  package struct Fence: Hashable, Sendable {
    package let character: UInt8
    package let length: Int
  }

  package var isFenced: Bool { fence != nil }
}
