/// A half-open range of UTF-8 offsets in one source file.
///
/// Offsets are 32-bit: a plan file is refused long before 4 GiB, and a plan of 100,000 steps holds
/// many of these.
package struct SourceRange: Hashable, Sendable {
  package var start: UInt32
  package var end: UInt32

  package init(start: Int, end: Int) {
    self.start = UInt32(clamping: start)
    self.end = UInt32(clamping: max(start, end))
  }

  /// The empty range at the beginning of a file, for problems of the file as a whole.
  package static let fileStart = SourceRange(start: 0, end: 0)

  package var lowerBound: Int { Int(start) }
  package var upperBound: Int { Int(end) }
  package var isEmpty: Bool { start == end }

  /// The smallest range that covers both.
  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(start: min(lowerBound, other.lowerBound), end: max(upperBound, other.upperBound))
  }

  /// A part of this range: `offset` bytes in, `length` bytes long.
  package func part(offset: Int, length: Int) -> SourceRange {
    SourceRange(start: lowerBound + offset, end: lowerBound + offset + length)
  }
}

extension SourceRange: Comparable {
  package static func < (a: SourceRange, b: SourceRange) -> Bool {
    (a.start, a.end) < (b.start, b.end)
  }
}
