package import PlanModel

/// Writes JSON as it goes, straight to bytes; keys keep the order in which they are written.
///
/// Output for 100,000 steps is written without a tree in memory. The caller pairs `begin` and `end`;
/// the closure forms do it by themselves.
package struct JSONText: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  package mutating func beginObject() { begin(UInt8(ascii: "{")) }
  package mutating func endObject() { end(UInt8(ascii: "}")) }
  package mutating func beginArray() { begin(UInt8(ascii: "[")) }
  package mutating func endArray() { end(UInt8(ascii: "]")) }

  package mutating func object(_ members: (inout JSONText) -> Void) {
    beginObject()
    members(&self)
    endObject()
  }

  package mutating func array<Element>(_ elements: some Sequence<Element>, _ write: (inout JSONText, Element) -> Void) {
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  package mutating func key(_ name: String) {
    separate()
    appendQuoted(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func string(_ value: String) {
    separate()
    appendQuoted(value)
  }

  package mutating func int(_ value: some BinaryInteger) { raw(String(value)) }
  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
  package mutating func null() { raw("null") }

  /// JSON has no infinity and no NaN: they become null.
  package mutating func double(_ value: Double) {
    guard value.isFinite else { return null() }
    raw(Value.text(of: value))
  }

  package mutating func value(_ value: Value) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .int(let value): int(value)
    case .double(let value): double(value)
    case .string(let value): string(value)
    case .list(let values): array(values) { $0.value($1) }
    case .map(let entries): map(entries)
    }
  }

  package mutating func map(_ entries: [Value.Entry]) {
    object { json in
      for entry in entries {
        json.key(entry.key)
        json.value(entry.value)
      }
    }
  }

  // MARK: Members; nil is written as null

  package mutating func member(_ name: String, _ value: String?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  package mutating func member(_ name: String, _ value: (some BinaryInteger)?) {
    key(name)
    if let value { int(value) } else { null() }
  }

  package mutating func member(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  package mutating func member(_ name: String, _ values: [String]) {
    key(name)
    array(values) { $0.string($1) }
  }

  /// Milliseconds since 1970 as RFC 3339.
  package mutating func member(_ name: String, time: Int64?) {
    member(name, time.map(Timestamp.rfc3339))
  }

  package mutating func member<Element>(
    _ name: String, _ elements: some Sequence<Element>, _ write: (inout JSONText, Element) -> Void
  ) {
    key(name)
    array(elements, write)
  }

  package mutating func member(_ name: String, object members: (inout JSONText) -> Void) {
    key(name)
    object(members)
  }

  /// Ends a document or a line of NDJSON.
  package mutating func newline() {
    bytes.append(0x0A)
    needsComma = false
  }

  // MARK: Bytes

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func appendQuoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    if isPlain {
      bytes.append(contentsOf: text.utf8)
    } else {
      for byte in text.utf8 { appendEscaped(byte) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
    case 0x0A: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
    case 0x0D: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
    case 0x09: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "\\u00".utf8)
      bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    default: bytes.append(byte)
    }
  }
}
