/// The text of a heading in the form in which headings are compared.
enum HeadingText {
  /// Without numbering (`3.`, `1)`, `§ 2`), marks of emphasis and code, a colon at the end and repeated
  /// blanks; in lower case, with `and` for `&`.
  static func normalized(_ heading: [UInt8]) -> [UInt8] {
    var text = heading[...]
    skipNumber(&text)
    var result: [UInt8] = []
    for byte in text {
      switch byte {
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"): continue
      case UInt8(ascii: "&"): result.append(contentsOf: "and".utf8)
      case 0x20, 0x09: if let last = result.last, last != 0x20 { result.append(0x20) }
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): result.append(byte | 0x20)
      default: result.append(byte)
      }
    }
    while let last = result.last, last == 0x20 || last == UInt8(ascii: ":") { result.removeLast() }
    return result
  }

  private static func skipNumber(_ text: inout ArraySlice<UInt8>) {
    var rest = text
    var hasDigit = false
    while let byte = rest.first, isDigit(byte) || (hasDigit && byte == UInt8(ascii: ".")) {
      hasDigit = true
      rest.removeFirst()
    }
    if rest.first == UInt8(ascii: ")") { rest.removeFirst() }
    guard hasDigit, rest.first == 0x20 else { return }
    text = rest.drop { $0 == 0x20 }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
