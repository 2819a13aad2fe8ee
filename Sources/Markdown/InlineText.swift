package import SourceText

/// What a reader sees of the lines of one block, each byte with the place that it comes from.
///
/// Escapes are undone, marks of emphasis, comments and the targets of links are left out. Lines are joined
/// by a line feed, inside code by a blank.
package struct InlineText: Sendable {
  package let bytes: [UInt8]
  /// The offset in the source of each byte.
  package let offsets: [UInt32]
  /// Texts in backticks, in order.
  package let codes: [Span]
  /// Links and images, in the order in which they end.
  package let links: [Span]

  package struct Span: Sendable {
    /// The place in `bytes`.
    package let text: Range<Int>
    /// With all marks.
    package let range: SourceRange
    /// Without backticks or brackets, and without the one blank that may stand inside the backticks.
    package let content: SourceRange
    /// Where a link goes: of `[text](target)` the target, of `[text][label]` the label. Nil for code.
    package let target: SourceRange?
  }

  /// - Parameter lines: ranges of one line each, as `MarkdownDocument.lines(of:)` gives them.
  package init(_ source: SourceFile, lines: some Sequence<SourceRange>) {
    var scanner = InlineScanner(source.bytes, lines: lines)
    scanner.scan()
    (bytes, offsets, codes, links) = scanner.result()
  }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  package func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The place in the source of a part of `bytes`, from its first byte to its last; marks around it are not in it.
  package func sourceRange(_ range: Range<Int>) -> SourceRange {
    guard !offsets.isEmpty else { return .fileStart }
    if !range.isEmpty {
      return SourceRange(start: Int(offsets[range.lowerBound]), end: Int(offsets[range.upperBound - 1]) + 1)
    }
    let offset = range.lowerBound < offsets.count ? Int(offsets[range.lowerBound]) : Int(offsets[offsets.count - 1]) + 1
    return SourceRange(start: offset, end: offset)
  }

  /// The text in backticks that holds a place in `bytes`.
  package func code(at position: Int) -> Span? {
    var low = 0
    var high = codes.count
    while low < high {
      let middle = (low + high) / 2
      if codes[middle].text.upperBound <= position { low = middle + 1 } else { high = middle }
    }
    return low < codes.count && codes[low].text.contains(position) ? codes[low] : nil
  }
}
