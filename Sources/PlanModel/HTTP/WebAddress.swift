/// The address of a request, taken apart as far as execplan looks at it. `curl` reads the rest.
package struct WebAddress: Hashable, Sendable {
  package enum Scheme: String, Hashable, Sendable {
    case http, https
  }

  package var scheme: Scheme
  /// The host and the port, in lower case.
  package var authority: String

  package struct Problem: Error, Hashable, Sendable {
    package var message: String
    package var note: String
  }

  /// - Throws: what is wrong, when it is not an address that may be asked.
  package init(_ text: String) throws(Problem) {
    let bytes = Array(text.utf8)
    if bytes.isEmpty { throw Problem(message: "the URL is empty", note: WebAddress.example) }
    if bytes.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
      throw Problem(
        message: "the URL holds a blank or a control character",
        note: "write %20 for a blank; values of expressions are encoded for you")
    }
    guard let colon = WebAddress.schemeEnd(bytes) else {
      throw Problem(message: "the URL does not begin with http:// or https://", note: WebAddress.example)
    }
    let name = String(decoding: bytes[..<colon], as: UTF8.self)
    guard let scheme = Scheme(rawValue: name.lowercased()) else {
      throw Problem(
        message: "\"\(name.prefix(20))\" is not a protocol that is asked",
        note: "only http and https are; for others run a program")
    }
    let rest = bytes[(colon + 3)...]
    let authority = rest.prefix { !URLComponent.endsAuthority($0) }
    if authority.contains(UInt8(ascii: "@")) {
      throw Problem(
        message: "the URL holds a user or a password",
        note: "send them in a header, from a secret: authorization: \"Bearer ${{ secrets.TOKEN }}\"")
    }
    // An address of IPv6 stands in brackets and holds colons itself.
    if authority.prefix(while: { $0 != UInt8(ascii: ":") }).isEmpty {
      throw Problem(message: "the URL names no host", note: WebAddress.example)
    }
    if let port = WebAddress.port(authority), !(1...65_535).contains(Int(port) ?? 0) {
      throw Problem(
        message: "the port \"\(port.prefix(20))\" is not a number from 1 to 65535", note: WebAddress.example)
    }
    self.scheme = scheme
    self.authority = String(decoding: authority, as: UTF8.self).lowercased()
  }

  private static let example = "write it as \"https://example.org/path\""

  /// What stands behind the last colon that is not part of an address in brackets; nil if there is none.
  private static func port(_ authority: ArraySlice<UInt8>) -> String? {
    let start = authority.lastIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? authority.startIndex
    guard let colon = authority[start...].firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return String(decoding: authority[(colon + 1)...], as: UTF8.self)
  }

  /// Whether both name the same server by the same protocol.
  package func hasSameOrigin(as other: WebAddress) -> Bool {
    scheme == other.scheme && withPort == other.withPort
  }

  /// Where the colon of `scheme://` stands; nil if the text does not begin so.
  private static func schemeEnd(_ bytes: [UInt8]) -> Int? {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      bytes[(colon + 1)...].starts(with: Array("//".utf8))
    else { return nil }
    let isScheme = bytes[..<colon].allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
      default: false
      }
    }
    return isScheme ? colon : nil
  }

  private var withPort: String {
    if WebAddress.port(Array(authority.utf8)[...]) != nil { return authority }
    return authority + (scheme == .http ? ":80" : ":443")
  }
}
