/// Undoes escapes in a stream, one kind of them, and says of each byte where it stood.
struct EscapeReader: Sendable {
  enum Kind: Sendable {
    /// `%41`
    case percent
    /// `\"`, `\n`, `\x41`, `\101`, `\u0041`, `\u{41}`, `\U00000041`: those of JSON, C, Python, Rust and the shells.
    case backslash

    var mark: UInt8 { self == .percent ? UInt8(ascii: "%") : UInt8(ascii: "\\") }
  }

  private enum Outcome {
    /// It may go on.
    case more
    /// The first bytes, as many as the count says, stand for these.
    case bytes([UInt8], count: Int)
  }

  let kind: Kind
  /// An escape of which more is to come, from its mark on.
  private var open: [UInt8] = []

  init(_ kind: Kind) {
    self.kind = kind
  }

  /// Bytes that were taken and not told yet.
  var openCount: Int { open.count }

  /// Whether the next byte stands for itself, so that it need not be taken.
  @inline(__always)
  func passes(_ byte: UInt8) -> Bool { open.isEmpty && byte != kind.mark }

  /// Takes the byte at a position, and tells what is known now: each byte with the range of what stands for it.
  mutating func take(_ byte: UInt8, at position: Int, _ body: (UInt8, Range<Int>) -> Void) {
    open.append(byte)
    while let first = open.first {
      let start = position + 1 - open.count
      guard first == kind.mark else {
        body(first, start..<start + 1)
        open.removeFirst()
        continue
      }
      switch kind == .percent ? percent() : backslash() {
      case .more: return
      case .bytes(let bytes, let count):
        for byte in bytes { body(byte, start..<start + count) }
        open.removeFirst(count)
      }
    }
  }

  private func percent() -> Outcome {
    if open.count > 1, HexForms.value(open[1]) == nil { return .bytes([open[0]], count: 1) }
    guard open.count > 2 else { return .more }
    guard let number = HexForms.number(open[1...2]) else { return .bytes([open[0]], count: 1) }
    return .bytes([UInt8(number)], count: 3)
  }

  private func backslash() -> Outcome {
    guard open.count > 1 else { return .more }
    switch open[1] {
    case UInt8(ascii: "n"): return .bytes([0x0A], count: 2)
    case UInt8(ascii: "t"): return .bytes([0x09], count: 2)
    case UInt8(ascii: "r"): return .bytes([0x0D], count: 2)
    case UInt8(ascii: "b"): return .bytes([0x08], count: 2)
    case UInt8(ascii: "f"): return .bytes([0x0C], count: 2)
    case UInt8(ascii: "v"): return .bytes([0x0B], count: 2)
    case UInt8(ascii: "a"): return .bytes([0x07], count: 2)
    case UInt8(ascii: "e"), UInt8(ascii: "E"): return .bytes([0x1B], count: 2)
    case UInt8(ascii: "0")...UInt8(ascii: "7"): return octal()
    case UInt8(ascii: "x"): return hex(digits: 2) { $0 < 0x100 ? [UInt8($0)] : EscapeReader.utf8($0) }
    case UInt8(ascii: "U"): return hex(digits: 8) { EscapeReader.utf8($0) }
    case UInt8(ascii: "u"): return unit()
    default: return .bytes([open[1]], count: 2)
    }
  }

  /// What is no escape after all: the character behind the backslash.
  private var literal: Outcome { .bytes([open[1]], count: 2) }

  private func octal() -> Outcome {
    let digits = open.dropFirst().prefix(3)
    guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }) else { return literal }
    guard digits.count == 3 else { return .more }
    let number = digits.reduce(0) { $0 << 3 | UInt16($1 - UInt8(ascii: "0")) }
    return number < 0x100 ? .bytes([UInt8(number)], count: 4) : literal
  }

  /// `\xHH` and `\UHHHHHHHH`, or any number of digits in braces.
  private func hex(digits: Int, _ value: (UInt32) -> [UInt8]?) -> Outcome {
    guard open.count > 2 else { return .more }
    if open[2] == UInt8(ascii: "{") {
      guard let end = open.firstIndex(of: UInt8(ascii: "}")) else {
        return open.count < 12 && open.dropFirst(3).allSatisfy { HexForms.value($0) != nil } ? .more : literal
      }
      guard let number = HexForms.number(open[3..<end]), let bytes = value(number) else { return literal }
      return .bytes(bytes, count: end + 1)
    }
    let taken = open.dropFirst(2).prefix(digits)
    guard taken.allSatisfy({ HexForms.value($0) != nil }) else { return literal }
    guard taken.count == digits else { return .more }
    guard let number = HexForms.number(taken), let bytes = value(number) else { return literal }
    return .bytes(bytes, count: 2 + digits)
  }

  /// `\uHHHH`; two of them for a character beyond U+FFFF.
  private func unit() -> Outcome {
    let first = hex(digits: 4) { number in (0xD800..<0xE000).contains(number) ? [] : EscapeReader.utf8(number) }
    guard case .bytes([], let count) = first, count == 6, let high = HexForms.number(open[2..<6]) else { return first }
    let next = open.dropFirst(6)
    let begins = Array("\\u".utf8)
    guard zip(next, begins).allSatisfy(==), next.dropFirst(2).allSatisfy({ HexForms.value($0) != nil }) else {
      return literal
    }
    guard next.count >= 6 else { return .more }
    guard let low = HexForms.number(open[8..<12]), (0xD800..<0xDC00).contains(high), (0xDC00..<0xE000).contains(low),
      let bytes = EscapeReader.utf8(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { return literal }
    return .bytes(bytes, count: 12)
  }

  /// Nil where the number is that of no character.
  private static func utf8(_ number: UInt32) -> [UInt8]? {
    Unicode.Scalar(number).map { Array(String(Character($0)).utf8) }
  }
}
