/// Path texts in the one form in which they are compared.
enum NormalizedPath {
  /// Without `.` parts, doubled slashes and a slash at the end; `a/../b` becomes `b`.
  static func of(_ text: String) -> String {
    if isNormal(text) { return text }
    let isAbsolute = text.utf8.first == UInt8(ascii: "/")
    var parts: [Substring] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != "..", last != "**" {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
  }

  private static func isNormal(_ text: String) -> Bool {
    var previous = UInt8(ascii: "/")
    for byte in text.utf8 {
      if previous == UInt8(ascii: "/"), byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") { return false }
      previous = byte
    }
    return previous != UInt8(ascii: "/")
  }
}
