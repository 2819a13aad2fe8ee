/// The value between single quotes of a shell: a quote in it is left, escaped and taken up again. Nothing else of it is
/// escaped, so that no rule for backslashes finds it.
enum QuotedForms {
  static func all(of value: [UInt8]) -> [[UInt8]] {
    ["'\\''", "'\"'\"'"].map { replacing(value, [UInt8(ascii: "'"): Array($0.utf8)]) }
  }

  static func replacing(_ value: [UInt8], _ map: [UInt8: [UInt8]]) -> [UInt8] {
    value.flatMap { map[$0] ?? [$0] }
  }
}
