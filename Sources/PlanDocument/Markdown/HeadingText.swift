internal import SourceText

/// The text of a heading in the form in which headings are compared.
enum HeadingText {
  /// Without numbering (`3.`, `1)`, `3.1`), pictures, marks of emphasis and code, a colon at the end and repeated
  /// blanks; in lower case, with `and` for `&`.
  static func normalized(_ heading: [UInt8]) -> [UInt8] {
    var text = heading[...]
    skipNumber(&text)
    var result: [UInt8] = []
    result.reserveCapacity(text.count + 4)
    for byte in text {
      switch byte {
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "\\"): continue
      case UInt8(ascii: "&"): result.append(contentsOf: "and".utf8)
      case 0x20, 0x09: if let last = result.last, last != 0x20 { result.append(0x20) }
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): result.append(byte | 0x20)
      default: result.append(byte)
      }
    }
    return trimmed(result[...])
  }

  /// Without blanks around it and a colon at its end.
  static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var text = text
    while text.first == 0x20 { text.removeFirst() }
    while true {
      if let last = text.last, last == 0x20 || last == UInt8(ascii: ":") || last == UInt8(ascii: ".") {
        text.removeLast()
      } else if ends(text, fullWidthColon) {
        text.removeLast(3)
      } else {
        return Array(text)
      }
    }
  }

  /// The parts of a heading that may name its kind when the whole does not: what stands before a bracket, a colon or
  /// a dash; both sides of a slash; what stands in the brackets if the rest is in another script.
  static func pieces(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var end = text.count
    if let bracket = bracket(in: text) {
      pieces.append(text[..<bracket.lowerBound])
      end = bracket.lowerBound
      if text.contains(where: { $0 >= 0x80 }) { pieces.append(text[bracket.upperBound...].prefix { !isClosing($0) }) }
    }
    for separator in separators {
      if let place = text.firstIndex(of: separator, in: 0..<end) {
        pieces.append(text[..<place])
        break
      }
    }
    guard text[..<end].contains(where: { isSlash($0) }) else { return pieces }
    let sides = text[..<end].split { isSlash($0) }
    if sides.count > 1 { pieces += sides.prefix(3) }
    return pieces
  }

  private static let separators: [[UInt8]] = [" - ", " – ", " — ", ": ", "：", ", ", "–", "—"].map { Array($0.utf8) }
  private static let fullWidthColon = Array("：".utf8)
  private static let fullWidthBracket = Array("（".utf8)

  private static func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "|") }

  private static func isClosing(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ")") || byte == 0xEF }

  private static func bracket(in text: [UInt8]) -> Range<Int>? {
    if let index = text.firstIndex(of: UInt8(ascii: "(")) { return index..<index + 1 }
    return text.firstIndex(of: fullWidthBracket, in: 0..<text.count).map { $0..<$0 + fullWidthBracket.count }
  }

  private static func ends(_ text: ArraySlice<UInt8>, _ end: [UInt8]) -> Bool {
    text.count >= end.count && text.suffix(end.count).elementsEqual(end)
  }

  private static func skipNumber(_ text: inout ArraySlice<UInt8>) {
    var rest = text
    var hasDigit = false
    while let byte = rest.first, isDigit(byte) || (hasDigit && byte == UInt8(ascii: ".")) {
      hasDigit = true
      rest.removeFirst()
    }
    if rest.first == UInt8(ascii: ")") || rest.first == UInt8(ascii: ":") { rest.removeFirst() }
    guard hasDigit, rest.first == 0x20 else { return }
    text = rest.drop { $0 == 0x20 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
