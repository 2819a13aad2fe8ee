/// Makes text of unknown origin harmless for a terminal.
package enum TerminalText {
  /// Leaves out escape sequences, and shows every other control character as its picture (U+2400 and on).
  ///
  /// Line feeds and tabs stay; a carriage return becomes a line feed unless one follows it. The controls of U+0080 to
  /// U+009F and those that turn the direction of writing become U+FFFD, and so do bytes that are not UTF-8.
  package static func sanitized(_ text: String) -> String {
    isHarmless(text.utf8) ? text : sanitized(scalars: text.unicodeScalars)
  }

  package static func sanitized(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return isHarmless(bytes) ? text : sanitized(scalars: text.unicodeScalars)
  }

  /// True for printable ASCII, tabs and line feeds: nearly all there is.
  private static func isHarmless(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.allSatisfy { ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A || $0 == 0x09 }
  }

  private static func sanitized(scalars: String.UnicodeScalarView) -> String {
    var result = String.UnicodeScalarView()
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      index = scalars.index(after: index)
      switch scalar.value {
      case 0x0A, 0x09: result.append(scalar)
      case 0x0D:
        if index == scalars.endIndex || scalars[index] != "\n" { result.append("\n") }
      case 0x1B:
        if let end = endOfEscape(scalars, index) { index = end } else { result.append("\u{241B}") }
      case 0x00..<0x20: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0x7F: result.append("\u{2421}")
      case 0x80...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Bytes of an operating system command (a title, a link) that are looked through for its end.
  private static let longestCommand = 4096

  /// The index after the escape sequence whose ESC stands before `start`; nil when none is complete (ECMA-48, 5.4,
  /// and 8.3.89 for strings).
  private static func endOfEscape(
    _ scalars: String.UnicodeScalarView, _ start: String.Index
  ) -> String.Index? {
    guard start < scalars.endIndex else { return nil }
    var index = scalars.index(after: start)
    switch scalars[start].value {
    case 0x5B:  // CSI: parameters, intermediates, one final
      while index < scalars.endIndex, 0x20...0x3F ~= scalars[index].value { index = scalars.index(after: index) }
      guard index < scalars.endIndex, 0x40...0x7E ~= scalars[index].value else { return nil }
      return scalars.index(after: index)
    case 0x5D, 0x50, 0x58, 0x5E, 0x5F:  // OSC, DCS, SOS, PM, APC: up to BEL or ESC \
      for _ in 0..<longestCommand {
        guard index < scalars.endIndex, scalars[index] != "\n" else { return nil }
        let scalar = scalars[index]
        index = scalars.index(after: index)
        if scalar.value == 0x07 { return index }
        if scalar.value == 0x1B {
          guard index < scalars.endIndex, scalars[index] == "\\" else { return nil }
          return scalars.index(after: index)
        }
      }
      return nil
    case 0x20...0x2F:  // intermediates, one final: character sets
      while index < scalars.endIndex, 0x20...0x2F ~= scalars[index].value { index = scalars.index(after: index) }
      guard index < scalars.endIndex, 0x30...0x7E ~= scalars[index].value else { return nil }
      return scalars.index(after: index)
    case 0x30...0x7E: return index
    default: return nil
    }
  }
}
