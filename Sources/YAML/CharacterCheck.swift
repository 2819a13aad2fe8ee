internal import Diagnostics
internal import SourceText

/// Checks before the parse that a file is UTF-8 without control characters, so that libyaml's reader can
/// not fail and all bad places are reported.
struct CharacterCheck {
  /// More bad bytes than this are not listed one by one: such a file is no text.
  private static let mostReported = 20

  private(set) var isASCII = true
  /// Whether a `\ud8` or the like stands somewhere: JSON's way to write one character as two escapes.
  private(set) var hasSurrogateEscapes = false

  /// Returns nil after it has reported what is wrong.
  init?(bytes: [UInt8], range: Range<Int>, into collector: inout DiagnosticCollector) {
    if CharacterCheck.isUTF16(bytes, range) {
      collector.report(
        YAMLRules.invalidCharacters, SourceRange(start: range.lowerBound, end: range.lowerBound),
        "the file is not UTF-8 but looks like UTF-16", notes: ["save the file as UTF-8"])
      return nil
    }
    var problems = 0
    var offset = range.lowerBound
    let end = range.upperBound
    while offset < end {
      if CharacterCheck.isEightPlain(bytes, offset, end) {
        offset += 8
        continue
      }
      let byte = bytes[offset]
      if byte >= 0x20, byte < 0x7F {
        if byte == UInt8(ascii: "\\"), !hasSurrogateEscapes { noteSurrogate(bytes, offset, end) }
        offset += 1
        continue
      }
      if byte == 0x0A || byte == 0x0D || byte == 0x09 {
        offset += 1
        continue
      }
      isASCII = isASCII && byte < 0x80
      let length = CharacterCheck.scalarLength(bytes, offset, end)
      if length > 0, CharacterCheck.isAllowed(bytes, offset, length) {
        offset += length
        continue
      }
      let bad = max(length, 1)
      problems += 1
      if problems <= CharacterCheck.mostReported {
        collector.report(
          YAMLRules.invalidCharacters, SourceRange(start: offset, end: offset + bad),
          CharacterCheck.message(bytes, offset, length))
      }
      offset += bad
    }
    if problems > CharacterCheck.mostReported {
      collector.report(
        YAMLRules.invalidCharacters, SourceRange(start: range.lowerBound, end: range.lowerBound),
        "the file holds \(problems) bytes that are no text; is it a binary file?")
    }
    if problems > 0 { return nil }
  }

  /// Whether eight bytes follow that need no closer look: printable ASCII but the backslash, and line feeds. Nearly all
  /// of a file are such, so they are looked at together, each in its byte of one number.
  @inline(__always)
  private static func isEightPlain(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Bool {
    guard end - offset >= 8 else { return false }
    let word = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    let high = eightTimes(0x80)
    if word & high != 0 { return false }
    // No byte is above 0x7F, so no sum runs over into the next byte: its high bit tells whether it reached 0x80.
    func differs(_ byte: UInt8) -> UInt64 { (word ^ eightTimes(byte)) &+ eightTimes(0x7F) }
    let isPrintable = word &+ eightTimes(0x80 - 0x20)
    return (isPrintable | ~differs(0x0A)) & differs(0x7F) & differs(UInt8(ascii: "\\")) & high == high
  }

  private static func eightTimes(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  private mutating func noteSurrogate(_ bytes: [UInt8], _ offset: Int, _ end: Int) {
    guard offset + 2 < end, bytes[offset + 1] == UInt8(ascii: "u") else { return }
    hasSurrogateEscapes = bytes[offset + 2] | 0x20 == UInt8(ascii: "d")
  }

  private static func isUTF16(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count >= 2 else { return false }
    let first = bytes[range.lowerBound]
    let second = bytes[range.lowerBound + 1]
    if (first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF) { return true }
    return (first == 0) != (second == 0)
  }

  /// The bytes of the UTF-8 sequence at an offset, 0 if it is not well-formed (Unicode, table 3-7).
  private static func scalarLength(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Int {
    let first = bytes[offset]
    if first < 0x80 { return 1 }
    let length: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if first == 0xE0 { lowest = 0xA0 }
      if first == 0xED { highest = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if first == 0xF0 { lowest = 0x90 }
      if first == 0xF4 { highest = 0x8F }
    default: return 0
    }
    guard offset + length <= end, bytes[offset + 1] >= lowest, bytes[offset + 1] <= highest else { return 0 }
    for index in 2..<max(length, 2) where bytes[offset + index] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// Whether YAML allows the character: no control characters but tab, line ends and NEL (YAML 1.2 §5.1).
  private static func isAllowed(_ bytes: [UInt8], _ offset: Int, _ length: Int) -> Bool {
    switch length {
    case 1: false
    case 2: bytes[offset] != 0xC2 || bytes[offset + 1] >= 0xA0 || bytes[offset + 1] == 0x85
    case 3: bytes[offset] != 0xEF || bytes[offset + 1] != 0xBF || bytes[offset + 2] < 0xBE
    default: true
    }
  }

  private static func message(_ bytes: [UInt8], _ offset: Int, _ length: Int) -> String {
    if length == 0 { return "byte 0x\(hexadecimal(UInt32(bytes[offset]), 2)) is not valid UTF-8 here" }
    if bytes[offset] == 0 { return "a NUL byte is not allowed in a text" }
    let scalar = String(decoding: bytes[offset..<offset + length], as: UTF8.self).unicodeScalars.first
    return
      "the control character U+\(hexadecimal(scalar?.value ?? 0, 4)) is not allowed; "
      + "write it as an escape in double quotes"
  }

  private static func hexadecimal(_ value: UInt32, _ digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
