/// Text from plans, programs and file names, made harmless for a terminal.
///
/// An escape sequence in a step's title could move the cursor, retitle the window or hide what is
/// shown; a bidirectional control could make text read as something else. Each such character is
/// replaced by one visible character, so that columns stay true.
package enum PrintableText {
  /// One line: line ends become visible too, tabs become blanks.
  package static func line(_ text: String) -> String {
    isPlain(text) ? text : replaced(text, keepsLines: false)
  }

  /// One line of a file: tabs stay, so that what is shown can still be what is there.
  package static func code(_ text: String) -> String {
    if isPlain(text) { return text }
    return text.split(separator: "\t", omittingEmptySubsequences: false).map { line(String($0)) }.joined(
      separator: "\t")
  }

  /// Several lines: LF stays, tabs become four blanks.
  package static func block(_ text: String) -> String {
    isPlain(text) ? text : replaced(text, keepsLines: true)
  }

  /// The character to show for a scalar: itself, if it is harmless.
  package static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    // The pictures of the C0 controls stand in their order from U+2400 on.
    case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    // C1 controls, line and paragraph separators, bidirectional controls, invisible operators.
    case 0x80...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFEFF, 0xFFF9...0xFFFB: "\u{FFFD}"
    default: scalar
    }
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  private static func replaced(_ text: String, keepsLines: Bool) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        out.append(contentsOf: (keepsLines ? "    " : " ").unicodeScalars)
      } else if scalar == "\n", keepsLines {
        out.append(scalar)
      } else {
        out.append(visible(scalar))
      }
    }
    return String(out)
  }
}
