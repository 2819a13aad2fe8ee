/// The words of a shell text that may be paths: those with a slash or a dot in them.
///
/// Not a parse of the shell: a word ends at white space, quotes, and the characters that end a word in a shell or
/// stand between an option and its value.
struct ScriptWords: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func next() -> String? {
    while index < bytes.count {
      let start = index
      var looksLikePath = false
      while index < bytes.count, !ScriptWords.isBoundary(bytes[index]) {
        if bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: ".") { looksLikePath = true }
        index += 1
      }
      let end = index
      index += 1
      if looksLikePath, end - start > 1 { return String(decoding: bytes[start..<end], as: UTF8.self) }
    }
    return nil
  }

  private static func isBoundary(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ";"), UInt8(ascii: "|"),
      UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
