/// Files in which nothing is written yet.
enum BlankText {
  /// Whether there is nothing but blank lines and comments, which is an empty mapping to whoever wrote it.
  static func isBlank(_ bytes: [UInt8]) -> Bool {
    bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).allSatisfy { line in
      guard let first = line.first(where: { $0 != 0x20 && $0 != 0x09 }) else { return true }
      return first == UInt8(ascii: "#")
    }
  }
}
