extension ScalarReader {
  /// Reads a plain (`quote` nil) or quoted scalar.
  mutating func readFlow(quote: UInt8?) {
    if quote != nil { position += 1 }
    while position < end {
      var escapedBreak = false
      while position < end, !isBlank(at: position), breakLength(at: position) == 0 {
        let byte = bytes[position]
        if byte == quote {
          if byte == UInt8(ascii: "'"), self.byte(at: position + 1) == byte {
            append(CollectionOfOne(byte), source: position, sourceEnd: position + 2)
            position += 2
            continue
          }
          return
        }
        if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "\\") {
          let length = breakLength(at: position + 1)
          if length > 0 {
            position += 1 + length
            escapedBreak = true
            break
          }
          readEscape()
          continue
        }
        take()
      }
      readSpace(afterEscapedBreak: escapedBreak)
    }
  }

  /// Reads blanks and line breaks between two words, folded as flow scalars fold them.
  private mutating func readSpace(afterEscapedBreak escapedBreak: Bool) {
    let start = position
    var blankEnd = position
    var first: Break?
    var more: [Break] = []
    var isLineStart = escapedBreak
    while position < end {
      if isBlank(at: position) {
        position += 1
        if !isLineStart { blankEnd = position }
      } else if breakLength(at: position) > 0 {
        let found = readBreak()
        if isLineStart { more.append(found) } else { first = found }
        isLineStart = true
      } else {
        break
      }
    }
    // Blanks at the end of a plain scalar are not part of it, so the range never ends with any.
    guard isLineStart else { return append(source: start, count: blankEnd - start) }
    if let first, !first.isKept {
      if more.isEmpty { append(CollectionOfOne(0x20), source: start, sourceEnd: position) }
    } else if let first {
      append(first)
    }
    for found in more { append(found) }
  }

  /// Reads an escape of a double-quoted scalar; two escapes that are the halves of one character, as
  /// JSON writes it, are read together.
  private mutating func readEscape() {
    let start = position
    guard let letter = byte(at: position + 1) else { return take() }
    let digits = ScalarReader.digitCount(of: letter)
    if digits == 0 {
      let scalar = ScalarReader.escapes[letter].map { Unicode.Scalar($0) } ?? nil
      position += 2
      append(String(scalar.map(Character.init) ?? "\u{FFFD}").utf8, source: start, sourceEnd: position)
      return
    }
    var code = hexadecimal(at: position + 2, digits: digits)
    position = min(position + 2 + digits, end)
    if let high = code, digits == 4, let low = lowSurrogate(after: high) {
      code = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
      position += 6
    }
    let scalar = code.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
    append(String(Character(scalar)).utf8, source: start, sourceEnd: position)
  }

  private func lowSurrogate(after high: UInt32) -> UInt32? {
    guard (0xD800..<0xDC00).contains(high), byte(at: position) == UInt8(ascii: "\\"),
      byte(at: position + 1) == UInt8(ascii: "u"), let low = hexadecimal(at: position + 2, digits: 4),
      (0xDC00..<0xE000).contains(low)
    else { return nil }
    return low
  }

  private func hexadecimal(at offset: Int, digits: Int) -> UInt32? {
    guard offset + digits <= end else { return nil }
    var code: UInt32 = 0
    for byte in bytes[offset..<offset + digits] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      code = code << 4 | UInt32(digit)
    }
    return code
  }

  private static func digitCount(of letter: UInt8) -> Int {
    switch letter {
    case UInt8(ascii: "x"): 2
    case UInt8(ascii: "u"): 4
    case UInt8(ascii: "U"): 8
    default: 0
    }
  }

  /// The escapes of YAML 1.2 §5.7 without digits, and the code points that they stand for.
  private static let escapes: [UInt8: UInt32] = [
    UInt8(ascii: "0"): 0, UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, 9: 9,
    UInt8(ascii: "n"): 10, UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
    UInt8(ascii: "e"): 27, UInt8(ascii: " "): 32, UInt8(ascii: "\""): 34, UInt8(ascii: "/"): 47,
    UInt8(ascii: "\\"): 92, UInt8(ascii: "N"): 0x85, UInt8(ascii: "_"): 0xA0, UInt8(ascii: "L"): 0x2028,
    UInt8(ascii: "P"): 0x2029,
  ]
}
