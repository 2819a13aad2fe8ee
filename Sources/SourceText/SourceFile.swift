/// The bytes of one source file, with its line table.
///
/// Lines end at LF, CRLF or a lone CR. The bytes are kept as they were read: every offset in a
/// `SourceRange` is an offset into `bytes`, byte order mark included.
package struct SourceFile: Sendable {
  /// The name used in messages: relative to the working directory or project root, or `-`.
  package let path: String
  package let bytes: [UInt8]
  /// The offset at which each line begins; never empty.
  package let lineStarts: [UInt32]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    self.lineStarts = SourceFile.lineTable(of: bytes)
  }

  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  private static func lineTable(of bytes: [UInt8]) -> [UInt32] {
    var starts: [UInt32] = [0]
    starts.reserveCapacity(bytes.count / 24 + 1)
    func next(_ byte: UInt8, _ index: Int) -> Int { bytes.firstIndex(of: byte, from: index) ?? .max }
    var lineFeed = next(0x0A, 0)
    var carriageReturn = next(0x0D, 0)
    while min(lineFeed, carriageReturn) < .max {
      var index = min(lineFeed, carriageReturn) + 1
      if lineFeed == index, carriageReturn < index { index += 1 }
      starts.append(UInt32(clamping: index))
      if lineFeed < index { lineFeed = next(0x0A, index) }
      if carriageReturn < index { carriageReturn = next(0x0D, index) }
    }
    return starts
  }

  /// Line and column of a byte offset, both from 1; the column counts Unicode scalars, and a byte
  /// order mark is not counted.
  package func location(of offset: Int) -> SourceLocation {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineIndex(of: offset)
    var start = Int(lineStarts[line])
    if start == 0, hasByteOrderMark { start = min(3, offset) }
    var column = 1
    for byte in bytes[start..<max(start, offset)] where byte & 0xC0 != 0x80 { column += 1 }
    return SourceLocation(line: line + 1, column: column, offset: offset)
  }

  /// The index (from 0) of the line that holds `offset`.
  package func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a line (index from 0) without its line ending, and without a byte order mark.
  package func lineRange(_ index: Int) -> SourceRange {
    var start = Int(lineStarts[index])
    if start == 0, hasByteOrderMark { start = 3 }
    var end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return SourceRange(start: start, end: end)
  }

  /// The text of a range; invalid UTF-8 becomes U+FFFD.
  package func text(_ range: SourceRange) -> String {
    let start = min(range.lowerBound, bytes.count)
    return String(decoding: bytes[start..<min(max(range.upperBound, start), bytes.count)], as: UTF8.self)
  }

  package var hasByteOrderMark: Bool {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
  }
}
