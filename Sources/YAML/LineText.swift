/// What a line of YAML shows without a parse, for hints after a syntax error.
struct LineText {
  let bytes: [UInt8]
  /// The line without its line break.
  let line: Range<Int>

  init(bytes: [UInt8], offset: Int, within range: Range<Int>) {
    self.bytes = bytes
    var start = min(max(offset, range.lowerBound), range.upperBound)
    while start > range.lowerBound, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    var end = start
    while end < range.upperBound, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    line = start..<end
  }

  /// The value of the line: after list dashes and the first `key: `, without blanks around it.
  ///
  /// Nil if it has none, or if the line seems to begin with something other than a plain key.
  var value: Range<Int>? {
    var start = skipBlanks(line.lowerBound)
    while start + 1 < line.upperBound, bytes[start] == UInt8(ascii: "-"), isBlank(start + 1) {
      start = skipBlanks(start + 1)
    }
    var position = start
    while position + 1 < line.upperBound, LineText.isKeyByte(bytes[position]) { position += 1 }
    if position > start, position + 1 < line.upperBound, bytes[position] == UInt8(ascii: ":"), isBlank(position + 1) {
      start = skipBlanks(position + 1)
    }
    var end = line.upperBound
    while end > start, isBlank(end - 1) { end -= 1 }
    return start < end ? start..<end : nil
  }

  /// Whether a value on the line is of the kind that has to be quoted.
  var needsQuotes: Bool {
    if holdsTemplate || holdsAlternatives { return true }
    guard let first = value.map({ bytes[$0.lowerBound] }) else { return false }
    return "*!&%@`".utf8.contains(first)
  }

  /// Whether `${{` stands on the line.
  private var holdsTemplate: Bool {
    guard line.count >= 3 else { return false }
    return (line.lowerBound..<line.upperBound - 2).contains { index in
      bytes[index] == UInt8(ascii: "$") && bytes[index + 1] == UInt8(ascii: "{")
        && bytes[index + 2] == UInt8(ascii: "{")
    }
  }

  /// Whether the alternatives of a glob, `{a,b}`, stand on the line.
  private var holdsAlternatives: Bool {
    var isOpen = false
    var hasComma = false
    for index in line {
      switch bytes[index] {
      case UInt8(ascii: "{"):
        isOpen = true
        hasComma = false
      case UInt8(ascii: ","): hasComma = true
      case UInt8(ascii: " "), UInt8(ascii: ":"): isOpen = false
      case UInt8(ascii: "}"): if isOpen, hasComma { return true }
      default: break
      }
    }
    return false
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return (letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")) || byte.isDigit || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  private func isBlank(_ index: Int) -> Bool { bytes[index] == 0x20 || bytes[index] == 0x09 }

  private func skipBlanks(_ start: Int) -> Int {
    var position = start
    while position < line.upperBound, isBlank(position) { position += 1 }
    return position
  }
}
