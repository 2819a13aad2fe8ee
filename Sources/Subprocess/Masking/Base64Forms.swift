/// Base64 (RFC 4648) of a text that holds the value: the characters that do not depend on what stands around it.
enum Base64Forms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    [standard, urlSafe].flatMap { alphabet in
      (0..<3).map { text(of: value, after: $0, alphabet) }
    }
  }

  /// - Parameter before: how many bytes of its group of three stand before the value.
  private static func text(of value: [UInt8], after before: Int, _ alphabet: [UInt8]) -> [UInt8] {
    let bytes = [UInt8](repeating: 0, count: before) + value + [0, 0]
    // A character holds six bits: the first and the last that are wholly of the value.
    let first = (before * 8 + 5) / 6
    let end = (before + value.count) * 8 / 6
    return (first..<end).map { index in
      let bit = index * 6
      let pair = UInt16(bytes[bit / 8]) << 8 | UInt16(bytes[bit / 8 + 1])
      return alphabet[Int(pair >> UInt16(10 - bit % 8) & 0x3F)]
    }
  }

  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
  private static let standard = letters + Array("+/".utf8)
  private static let urlSafe = letters + Array("-_".utf8)
}
