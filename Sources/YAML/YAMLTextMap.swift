package import SourceText

/// The map from UTF-8 offsets in a scalar's value to the bytes of the file that they come from.
package struct YAMLTextMap: Sendable {
  /// A stretch of the value and the source that gave it: byte for byte if the lengths are equal and
  /// the bytes are the same, else as a whole (an escape, a folded line break).
  struct Segment {
    var value: Int
    var source: Int
    var length: Int
    var sourceLength: Int
    var isVerbatim = true
  }

  let segments: [Segment]
  /// The place of everything when the value is empty.
  let fallback: SourceRange

  /// The bytes of the file that gave a range of the value. An empty range gives an empty one.
  package func sourceRange(of range: Range<Int>) -> SourceRange {
    guard let last = segments.last else { return fallback }
    let count = last.value + last.length
    let lower = min(max(range.lowerBound, 0), count)
    let upper = min(max(range.upperBound, lower), count)
    let start = lower == count ? last.source + last.sourceLength : sourceOffset(of: lower, asEnd: false)
    if lower == upper { return SourceRange(start: start, end: start) }
    return SourceRange(start: start, end: sourceOffset(of: upper - 1, asEnd: true))
  }

  /// The beginning, or the end, of the source of one byte of the value.
  private func sourceOffset(of offset: Int, asEnd: Bool) -> Int {
    var low = 0
    var high = segments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].value <= offset { low = middle } else { high = middle }
    }
    let segment = segments[low]
    if segment.isVerbatim { return segment.source + (offset - segment.value) + (asEnd ? 1 : 0) }
    return segment.source + (asEnd ? segment.sourceLength : 0)
  }
}
