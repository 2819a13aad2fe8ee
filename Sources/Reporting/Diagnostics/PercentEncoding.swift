/// Paths as URI references (RFC 3986).
enum PercentEncoding {
  /// A relative path becomes a relative reference, an absolute one a `file` URI.
  static func reference(ofPath path: String) -> String {
    var out: [UInt8] = path.utf8.first == UInt8(ascii: "/") ? Array("file://".utf8) : []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in path.utf8 {
      if isKept(byte) {
        out.append(byte)
      } else {
        out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The unreserved characters and the slash. A colon is encoded: before the first slash it would end
  /// a scheme.
  private static func isKept(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}
