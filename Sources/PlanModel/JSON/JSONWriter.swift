/// Writes JSON piece by piece into a buffer of bytes; keys stand in the order in which they are given.
///
/// The caller keeps the grammar: `key` inside objects only, every `begin` with its `end`.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  /// Two spaces a level and a line an item, for people; otherwise no blank at all.
  package let isPretty: Bool
  /// Whether every number is to come back as it was, though it be no JSON then.
  private var isExact = false
  /// Whether the innermost open object or array has an item already, one entry a level.
  private var hasItem: [Bool] = []
  /// A key was written and its value comes next.
  private var followsKey = false

  package init(pretty: Bool = false, reserving capacity: Int = 0) {
    isPretty = pretty
    bytes.reserveCapacity(capacity)
  }

  /// One value, compact.
  package static func compact(_ value: Value) -> String {
    var writer = JSONWriter()
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// One value, compact, so that `JSONReader` gives it back as it was: a whole double stays a double, an infinite one
  /// is written `1e999`.
  package static func stored(_ value: Value) -> String {
    var writer = JSONWriter()
    writer.isExact = true
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// One value over several lines.
  package static func pretty(_ value: Value) -> String {
    var writer = JSONWriter(pretty: true)
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  // MARK: Structure

  package mutating func beginObject() { begin(UInt8(ascii: "{")) }
  package mutating func endObject() { end(UInt8(ascii: "}")) }
  package mutating func beginArray() { begin(UInt8(ascii: "[")) }
  package mutating func endArray() { end(UInt8(ascii: "]")) }

  package mutating func key(_ name: String) {
    separate()
    writeQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    if isPretty { bytes.append(UInt8(ascii: " ")) }
    followsKey = true
  }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    hasItem.append(false)
  }

  private mutating func end(_ bracket: UInt8) {
    let hadItem = hasItem.popLast() ?? false
    if hadItem { breakLine() }
    bytes.append(bracket)
  }

  private mutating func separate() {
    if followsKey {
      followsKey = false
      return
    }
    guard let last = hasItem.indices.last else { return }
    if hasItem[last] { bytes.append(UInt8(ascii: ",")) }
    hasItem[last] = true
    breakLine()
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * hasItem.count))
  }

  /// Ends a record of a stream of JSON lines.
  package mutating func newline() { bytes.append(0x0A) }

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    hasItem.removeAll(keepingCapacity: true)
    followsKey = false
  }

  // MARK: Values

  package mutating func null() { raw("null") }
  package mutating func bool(_ flag: Bool) { raw(flag ? "true" : "false") }
  package mutating func int(_ number: Int) { raw(String(number)) }

  package mutating func string(_ text: String) {
    separate()
    writeQuoted(text)
  }

  /// JSON has no infinity and no NaN; they become null.
  package mutating func double(_ number: Double) {
    if isExact, !number.isNaN {
      raw(number.isFinite ? "\(number)" : number < 0 ? "-1e999" : "1e999")
    } else if number.isFinite {
      raw(Value.text(of: number))
    } else {
      null()
    }
  }

  package mutating func value(_ value: Value) {
    switch value {
    case .null: null()
    case .bool(let flag): bool(flag)
    case .int(let number): int(number)
    case .double(let number): double(number)
    case .string(let text): string(text)
    case .list(let items):
      beginArray()
      for item in items { self.value(item) }
      endArray()
    case .map(let entries):
      beginObject()
      for entry in entries {
        key(entry.key)
        self.value(entry.value)
      }
      endObject()
    }
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func writeQuoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: escape("n")
      case 0x0D: escape("r")
      case 0x09: escape("t")
      case 0x08: escape("b")
      case 0x0C: escape("f")
      case 0..<0x20, 0x7F:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(JSONWriter.hexadecimal(byte >> 4))
        bytes.append(JSONWriter.hexadecimal(byte & 15))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ letter: Unicode.Scalar) {
    bytes.append(UInt8(ascii: "\\"))
    bytes.append(UInt8(ascii: letter))
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }
}
