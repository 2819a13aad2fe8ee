package import SourceText

/// A decoded text of a plan together with the way back to the bytes that it was written with.
///
/// A quoted or folded YAML scalar differs from its bytes in the file; `rangeOf` turns UTF-8 offsets of
/// the decoded text into a range of the file.
package struct TextOrigin: Sendable {
  package var text: String
  package var rangeOf: @Sendable (Range<Int>) -> SourceRange

  package init(text: String, rangeOf: @escaping @Sendable (Range<Int>) -> SourceRange) {
    self.text = text
    self.rangeOf = rangeOf
  }

  /// A text that stands in the file byte for byte, from the offset `start` on.
  package init(text: String, start: Int = 0) {
    self.init(text: text) { SourceRange(start: start + $0.lowerBound, end: start + $0.upperBound) }
  }

  /// The range of the whole text in the file.
  package var range: SourceRange { rangeOf(0..<text.utf8.count) }
}
