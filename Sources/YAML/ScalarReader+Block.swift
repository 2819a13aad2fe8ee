internal import SourceText

extension ScalarReader {
  /// Reads a literal or folded block scalar, header included.
  ///
  /// The node's range ends with its last line that is not blank, so the line breaks that chomping keeps
  /// after it stand beyond the range; they are taken from there.
  mutating func readBlock(folded: Bool, like known: ArraySlice<UInt8>) {
    while position < end, breakLength(at: position) == 0 { position += 1 }
    var reader = self
    reader.unbound(to: bytes.count)
    reader.readLines(folded: folded, indent: reader.indentation(like: known), count: known.count)
    self = reader
  }

  private mutating func unbound(to limit: Int) {
    self = ScalarReader(bytes: bytes, range: .init(start: position, end: limit))
    position += breakLength(at: position)
  }

  /// The columns that every line of the content is indented by.
  ///
  /// It is the indentation of the first line that holds more than spaces, less the spaces that this
  /// line has in the value (which an indentation indicator can leave there). If there is no such line,
  /// the line with the most spaces tells it.
  private func indentation(like known: ArraySlice<UInt8>) -> Int {
    let value = ScalarReader(bytes: Array(known), range: SourceRange(start: 0, end: known.count)).spaces
    let source = spaces
    if let inValue = value.ofContent { return max((source.ofContent ?? 0) - inValue, 1) }
    return value.most > 0 ? max(source.most - value.most, 1) : source.most + 1
  }

  /// The spaces before the first character that is neither a space nor a line break, and the most that a
  /// line before it has.
  private var spaces: (ofContent: Int?, most: Int) {
    var most = 0
    var count = 0
    var offset = position
    while let byte = byte(at: offset) {
      let length = breakLength(at: offset)
      if byte != 0x20, length == 0 { return (count, most) }
      offset += max(length, 1)
      count = length > 0 ? 0 : count + 1
      most = max(most, count)
    }
    return (nil, most)
  }

  private mutating func readLines(folded: Bool, indent: Int, count: Int) {
    var leadingBreak: Break?
    var trailingBreaks = readBlankLines(indent: indent)
    var afterBlank = false
    while position < end, value.count < count, isIndented(by: indent) {
      let beforeBlank = isBlank(at: position)
      if folded, let found = leadingBreak, !found.isKept, !afterBlank, !beforeBlank {
        if trailingBreaks.isEmpty {
          append(CollectionOfOne(0x20), source: found.source, sourceEnd: position)
        }
      } else if let found = leadingBreak {
        append(found)
      }
      for found in trailingBreaks { append(found) }
      afterBlank = beforeBlank
      let lineStart = position
      while position < end, breakLength(at: position) == 0 { position += 1 }
      append(source: lineStart, count: max(min(position - lineStart, count - value.count), 0))
      leadingBreak = position < end ? readBreak() : nil
      trailingBreaks = readBlankLines(indent: indent)
    }
    for found in [leadingBreak].compactMap(\.self) + trailingBreaks where value.count < count { append(found) }
  }

  /// Reads the breaks of blank lines and the indentation of the line after them.
  private mutating func readBlankLines(indent: Int) -> [Break] {
    var breaks: [Break] = []
    while true {
      var column = 0
      while column < indent, byte(at: position) == 0x20 {
        position += 1
        column += 1
      }
      if breakLength(at: position) == 0 { return breaks }
      breaks.append(readBreak())
    }
  }

  /// Whether the spaces before the position fill the indentation: the line belongs to the scalar.
  private func isIndented(by indent: Int) -> Bool {
    guard position - indent >= 0 else { return false }
    return bytes[position - indent..<position].allSatisfy { $0 == 0x20 }
  }
}
