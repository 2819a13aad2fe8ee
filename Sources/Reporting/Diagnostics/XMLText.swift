/// Text for XML 1.0, in attributes and elements.
enum XMLText {
  static func escaped(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out.append(contentsOf: "&amp;".unicodeScalars)
      case "<": out.append(contentsOf: "&lt;".unicodeScalars)
      case ">": out.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
      // As references they survive the normalisation of attributes.
      case "\n": out.append(contentsOf: "&#10;".unicodeScalars)
      case "\r": out.append(contentsOf: "&#13;".unicodeScalars)
      case "\t": out.append(contentsOf: "&#9;".unicodeScalars)
      default: out.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return String(out)
  }

  /// Whether XML 1.0 may hold the scalar at all (production 2, Char).
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
  }
}
