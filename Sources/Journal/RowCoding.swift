internal import Digest
internal import PlanModel

/// How values stand in the columns of the journal: as JSON text that people can read with `sqlite3`.
///
/// The one place of the target that knows JSON. Maps keep the order of their keys; a whole `double` keeps
/// its fraction, so that it comes back as one; an infinite number is written `1e999`, not-a-number null.
enum RowCoding {
  // MARK: Writing

  static func encode(_ value: Value) -> String {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func encode(_ entries: [Value.Entry]) -> String {
    entries.isEmpty ? "{}" : encode(.map(entries))
  }

  static func encode(_ digests: [String: SHA256Digest]) -> String {
    encode(digests.sorted { $0.key < $1.key }.map { Value.Entry($0.key, .string($0.value.hex)) })
  }

  /// `[["path","digest"],["path",null]]`
  static func encode(_ files: [FileDigest]) -> String {
    if files.isEmpty { return "[]" }
    return encode(
      .list(files.map { .list([.string($0.path), $0.digest.map { .string($0.hex) } ?? .null]) }))
  }

  static func encode(_ holder: LockHolder) -> String {
    encode([
      Value.Entry("pid", .int(holder.pid)), Value.Entry("host", .string(holder.host)),
      Value.Entry("since", .int(Int(holder.since))),
      Value.Entry("command", .list(holder.command.map { .string($0) })),
      Value.Entry("run", holder.run.map { .int(Int($0)) } ?? .null),
    ])
  }

  private static func append(_ value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .int(let value): bytes += String(value).utf8
    case .double(let value): bytes += text(of: value).utf8
    case .string(let value): append(value, to: &bytes)
    case .list(let items):
      bytes.append(0x5B)
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        append(item, to: &bytes)
      }
      bytes.append(0x5D)
    case .map(let entries):
      bytes.append(0x7B)
      for (index, entry) in entries.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        append(entry.key, to: &bytes)
        bytes.append(0x3A)
        append(entry.value, to: &bytes)
      }
      bytes.append(0x7D)
    }
  }

  private static func text(of number: Double) -> String {
    if number.isNaN { return "null" }
    if number.isInfinite { return number < 0 ? "-1e999" : "1e999" }
    return "\(number)"
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: bytes += [0x5C, byte]
      case 0x0A: bytes += [0x5C, 0x6E]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += "\\u00".utf8
        bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }

  // MARK: Reading

  static func decodeValue(_ text: String) throws(JournalError) -> Value {
    guard let value = JSONText.parse(Array(text.utf8)) else { throw unreadable(text) }
    return value
  }

  static func decodeEntries(_ text: String) throws(JournalError) -> [Value.Entry] {
    if text == "{}" { return [] }
    guard case .map(let entries) = try decodeValue(text) else { throw unreadable(text) }
    return entries
  }

  static func decodeDigests(_ text: String) throws(JournalError) -> [String: SHA256Digest] {
    var digests: [String: SHA256Digest] = [:]
    for entry in try decodeEntries(text) {
      guard case .string(let hex) = entry.value, let digest = SHA256Digest(hex: hex) else { throw unreadable(text) }
      digests[entry.key] = digest
    }
    return digests
  }

  static func decodeFiles(_ text: String) throws(JournalError) -> [FileDigest] {
    if text == "[]" { return [] }
    guard case .list(let items) = try decodeValue(text) else { throw unreadable(text) }
    var files: [FileDigest] = []
    files.reserveCapacity(items.count)
    for item in items {
      guard case .list(let pair) = item, pair.count == 2, case .string(let path) = pair[0] else {
        throw unreadable(text)
      }
      switch pair[1] {
      case .null: files.append(FileDigest(path: path, digest: nil))
      case .string(let hex):
        guard let digest = SHA256Digest(hex: hex) else { throw unreadable(text) }
        files.append(FileDigest(path: path, digest: digest))
      default: throw unreadable(text)
      }
    }
    return files
  }

  /// Nil for a note that is no note: its writer may be in the middle of it.
  static func decodeHolder(_ bytes: [UInt8]) -> LockHolder? {
    guard let value = JSONText.parse(bytes), case .int(let pid) = value["pid"], case .string(let host) = value["host"],
      case .int(let since) = value["since"], case .list(let words) = value["command"]
    else { return nil }
    let command = words.compactMap { if case .string(let word) = $0 { word } else { nil } }
    var run: Int64?
    if case .int(let id) = value["run"] { run = Int64(id) }
    return LockHolder(pid: pid, host: host, since: Int64(since), command: command, run: run)
  }

  private static func unreadable(_ text: String) -> JournalError {
    .damaged("the journal holds a value that cannot be read: \"\(text.prefix(80))\"")
  }
}

/// A strict reader of one JSON text.
private struct JSONText {
  private let bytes: [UInt8]
  private var position = 0

  /// Deeper than any value that the loader lets pass, shallow enough for the stack.
  private static let depthLimit = 512

  static func parse(_ bytes: [UInt8]) -> Value? {
    var text = JSONText(bytes: bytes)
    guard let value = text.value(depth: 0) else { return nil }
    text.skipBlanks()
    return text.position == bytes.count ? value : nil
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func take(_ word: StaticString, as value: Value) -> Value? {
    for byte in word.description.utf8 {
      guard next == byte else { return nil }
      position += 1
    }
    return value
  }

  private mutating func value(depth: Int) -> Value? {
    guard depth < JSONText.depthLimit else { return nil }
    skipBlanks()
    switch next {
    case 0x22: return string().map { .string($0) }
    case 0x5B: return list(depth: depth)
    case 0x7B: return map(depth: depth)
    case 0x74: return take("true", as: .bool(true))
    case 0x66: return take("false", as: .bool(false))
    case 0x6E: return take("null", as: .null)
    default: return number()
    }
  }

  private mutating func list(depth: Int) -> Value? {
    position += 1
    var items: [Value] = []
    if take(0x5D) { return .list(items) }
    while true {
      guard let item = value(depth: depth + 1) else { return nil }
      items.append(item)
      if take(0x5D) { return .list(items) }
      guard take(0x2C) else { return nil }
    }
  }

  private mutating func map(depth: Int) -> Value? {
    position += 1
    var entries: [Value.Entry] = []
    if take(0x7D) { return .map(entries) }
    while true {
      skipBlanks()
      guard next == 0x22, let key = string(), take(0x3A), let item = value(depth: depth + 1) else { return nil }
      entries.append(Value.Entry(key, item))
      if take(0x7D) { return .map(entries) }
      guard take(0x2C) else { return nil }
    }
  }

  private mutating func number() -> Value? {
    let start = position
    var isWhole = true
    while let byte = next {
      switch byte {
      case 0x30...0x39, 0x2D: break
      case 0x2B, 0x2E, 0x45, 0x65: isWhole = false
      default:
        return finish(start, isWhole)
      }
      position += 1
    }
    return finish(start, isWhole)
  }

  private func finish(_ start: Int, _ isWhole: Bool) -> Value? {
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let number = Int(text) { return .int(number) }
    return Double(text).map { .double($0) }
  }

  private mutating func string() -> String? {
    position += 1
    let start = position
    while let byte = next, byte != 0x22, byte != 0x5C { position += 1 }
    if next == 0x22 {
      position += 1
      return String(decoding: bytes[start..<position - 1], as: UTF8.self)
    }
    // An escape: from here on byte by byte.
    var plain = Array(bytes[start..<position])
    while let byte = next {
      position += 1
      switch byte {
      case 0x22: return String(decoding: plain, as: UTF8.self)
      case 0x5C:
        guard let scalar = escaped() else { return nil }
        plain += String(Character(scalar)).utf8
      default: plain.append(byte)
      }
    }
    return nil
  }

  private mutating func escaped() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    position += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: return Unicode.Scalar(byte)
    case 0x62: return "\u{8}"
    case 0x66: return "\u{C}"
    case 0x6E: return "\n"
    case 0x72: return "\r"
    case 0x74: return "\t"
    case 0x75:
      guard let first = unit() else { return nil }
      guard 0xD800..<0xDC00 ~= first else { return Unicode.Scalar(first) }
      guard next == 0x5C else { return nil }
      position += 1
      guard next == 0x75 else { return nil }
      position += 1
      guard let second = unit(), 0xDC00..<0xE000 ~= second else { return nil }
      return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    default: return nil
    }
  }

  private mutating func unit() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = bytes[position..<position + 4]
    position += 4
    guard digits.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x66 || $0 >= 0x30 && $0 <= 0x39 }) else {
      return nil
    }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
