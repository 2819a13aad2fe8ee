internal import PlanModel

/// What every path that a pattern matches begins and ends with.
struct LiteralEnds {
  /// Without a `/` at its end: `a/**` may match `a` itself.
  var prefix: [UInt8]
  /// Without a `/` at its beginning: `**/a` matches `a`.
  var suffix: [UInt8]
  /// The pattern matches one path and nothing else.
  var isWhole: Bool

  init(_ pattern: PathPattern) {
    let bytes = Array(pattern.text.utf8)
    isWhole = pattern.isLiteral
    if !isWhole, let first = bytes.firstIndex(where: { LiteralEnds.isSpecial($0) }) {
      var end = first
      while end > 0, bytes[end - 1] == UInt8(ascii: "/") { end -= 1 }
      prefix = Array(bytes[..<end])
      let last = bytes.lastIndex(where: { LiteralEnds.isSpecial($0) }) ?? first
      var start = last + 1
      while start < bytes.count, bytes[start] == UInt8(ascii: "/") { start += 1 }
      suffix = bytes[last] == UInt8(ascii: "\\") ? [] : Array(bytes[start...])
    } else {
      prefix = bytes
      suffix = bytes
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "\\"):
      true
    default: false
    }
  }

  /// Whether one beginning continues the other, and one end the other.
  func agree(with other: LiteralEnds) -> Bool {
    if isWhole, other.prefix.count > prefix.count || other.suffix.count > suffix.count { return false }
    if other.isWhole, prefix.count > other.prefix.count || suffix.count > other.suffix.count { return false }
    return zip(prefix, other.prefix).allSatisfy(==) && zip(suffix.reversed(), other.suffix.reversed()).allSatisfy(==)
  }
}
