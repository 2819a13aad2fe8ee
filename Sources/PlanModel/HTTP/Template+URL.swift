internal import SourceText

extension Template {
  /// The URL that the text makes: the value of an expression is encoded for the component in which it stands, so that it
  /// can't become another part of the URL.
  ///
  /// An expression at the beginning is the beginning of a URL and is taken as it is, as is one that is all of the text.
  /// In the place of the host only what a host and a port consist of can stand.
  package func renderURL(in scope: some EvaluationScope) throws(EvaluationError) -> String {
    if let literal { return literal }
    var url = ""
    for segment in segments {
      switch segment {
      case .literal(let text): url += text
      case .expression(let expression):
        let value = try expression.evaluateText(in: scope)
        if url.isEmpty {
          url = value
        } else if URLComponent.isAtHost(url) {
          guard value.utf8.allSatisfy(URLComponent.isHostByte) else {
            throw EvaluationError("\"\(value.prefix(60))\" can't stand in the host of a URL", expression.range)
          }
          url += value
        } else {
          url += URLComponent.encoded(value)
        }
      }
    }
    return url
  }
}

/// How values are put into a URL (RFC 3986).
package enum URLComponent {
  /// Everything but what is never part of the syntax (section 2.3) as percent signs and hexadecimal digits.
  package static func encoded(_ value: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(value.utf8.count)
    for byte in value.utf8 {
      if isUnreserved(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  /// Whether what comes next in a URL belongs to its host and port.
  static func isAtHost(_ url: String) -> Bool {
    let bytes = Array(url.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[(colon + 1)...].starts(with: Array("//".utf8))
    else { return false }
    return !bytes[(colon + 3)...].contains(where: endsAuthority)
  }

  /// Some programs take a backslash for a slash.
  static func endsAuthority(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "\\")
  }

  static func isHostByte(_ byte: UInt8) -> Bool {
    isUnreserved(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
  }
}
