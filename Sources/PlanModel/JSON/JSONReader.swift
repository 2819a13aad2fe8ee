/// Reads JSON (RFC 8259) strictly: no comments, no trailing commas, no duplicate keys, nothing after the end.
///
/// Whole numbers beyond 64 bits become doubles; a number too large for a double is an error.
package struct JSONReader {
  package static let depthLimit = 128

  /// Who wrote the text.
  package enum Origin: Sendable {
    /// Anybody.
    case foreign
    /// `JSONWriter.stored`: keys may stand twice, and a number may be infinite.
    case stored
  }

  private let bytes: [UInt8]
  private let origin: Origin
  private var position = 0

  private init(_ bytes: [UInt8], _ origin: Origin) {
    self.bytes = bytes
    self.origin = origin
  }

  package static func read(_ bytes: [UInt8], from origin: Origin = .foreign) throws(JSONError) -> Value {
    var reader = JSONReader(bytes, origin)
    let value = try reader.readValue(depth: 0)
    reader.skipSpace()
    guard reader.position == bytes.count else { throw reader.error("expected the end") }
    return value
  }

  private func error(_ message: String) -> JSONError { JSONError(position, message) }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func readValue(depth: Int) throws(JSONError) -> Value {
    // A stored value may stand in a few more levels than it had when it was read.
    let limit = origin == .stored ? 2 * JSONReader.depthLimit : JSONReader.depthLimit
    guard depth < limit else { throw error("nested deeper than \(limit) levels") }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try readObject(depth: depth)
    case UInt8(ascii: "["): return try readArray(depth: depth)
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"): return try readWord("true", .bool(true))
    case UInt8(ascii: "f"): return try readWord("false", .bool(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    case .some(let byte) where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte): return try readNumber()
    default: throw error("expected a value")
    }
  }

  private mutating func readWord(_ word: String, _ value: Value) throws(JSONError) -> Value {
    guard bytes[position...].starts(with: word.utf8) else { throw error("expected a value") }
    position += word.utf8.count
    return value
  }

  private mutating func readObject(depth: Int) throws(JSONError) -> Value {
    position += 1
    var entries: [Value.Entry] = []
    var seen: Set<String> = []
    if take("}") { return .map([]) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw error("expected a key in double quotes") }
      let start = position
      let key = try readString()
      guard origin == .stored || seen.insert(key).inserted else { throw JSONError(start, "duplicate key \"\(key)\"") }
      guard take(":") else { throw error("expected \":\"") }
      entries.append(Value.Entry(key, try readValue(depth: depth + 1)))
    } while take(",")
    guard take("}") else { throw error("expected \",\" or \"}\"") }
    return .map(entries)
  }

  private mutating func readArray(depth: Int) throws(JSONError) -> Value {
    position += 1
    var items: [Value] = []
    if take("]") { return .list([]) }
    repeat { items.append(try readValue(depth: depth + 1)) } while take(",")
    guard take("]") else { throw error("expected \",\" or \"]\"") }
    return .list(items)
  }

  // MARK: Numbers

  private mutating func readNumber() throws(JSONError) -> Value {
    let start = position
    var isWhole = true
    if next == UInt8(ascii: "-") { position += 1 }
    if next == UInt8(ascii: "0") {
      position += 1
      if let byte = next, (0x30...0x39).contains(byte) { throw error("a number has no leading zero") }
    } else {
      try readDigits()
    }
    if next == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      try readDigits()
    }
    if let e = next, e | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      try readDigits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let number = Int(text) { return .int(number) }
    guard let number = Double(text), number.isFinite || origin == .stored else {
      throw JSONError(start, "the number is too large")
    }
    return .double(number)
  }

  private mutating func readDigits() throws(JSONError) {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    if position == start { throw error("expected a digit") }
  }

  // MARK: Strings

  private mutating func readString() throws(JSONError) -> String {
    let start = position
    position += 1
    var content: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw JSONError(start, "the string is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): try readEscape(into: &content)
      case 0..<0x20: throw JSONError(position - 1, "a control character in a string must be escaped")
      default:
        let plain = position - 1
        while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { position += 1 }
        content.append(contentsOf: bytes[plain..<position])
      }
    }
    throw JSONError(start, "the string is not closed")
  }

  private mutating func readEscape(into content: inout [UInt8]) throws(JSONError) {
    guard let letter = next else { throw error("the string is not closed") }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      let start = position - 2
      var code = try readHexadecimal()
      if (0xD800..<0xDC00).contains(code), next == UInt8(ascii: "\\"), position + 1 < bytes.count,
        bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try readHexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw JSONError(start, "half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw JSONError(start, "half of a surrogate pair") }
      content.append(contentsOf: String(Character(scalar)).utf8)
    default: throw JSONError(position - 2, "unknown escape")
    }
  }

  private mutating func readHexadecimal() throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      switch next {
      case .some(let byte) where (0x30...0x39).contains(byte): code = code << 4 + UInt32(byte - 0x30)
      case .some(let byte) where (0x61...0x66).contains(byte | 0x20): code = code << 4 + UInt32((byte | 0x20) - 0x57)
      default: throw error("expected four hexadecimal digits")
      }
      position += 1
    }
    return code
  }
}
