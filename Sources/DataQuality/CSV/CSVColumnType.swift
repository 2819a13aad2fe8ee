/// What all values of a column are, found by looking at each.
struct CSVColumnType {
  enum Kind: Int, Comparable {
    /// No value yet.
    case empty
    case integer, real, text

    static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }

    /// As a column of SQLite is declared.
    var affinity: String {
      switch self {
      case .empty, .text: "TEXT"
      case .integer: "INTEGER"
      case .real: "REAL"
      }
    }
  }

  private(set) var kind = Kind.empty

  mutating func take(_ bytes: borrowing Span<UInt8>) {
    if kind != .text { kind = max(kind, CSVColumnType.kind(of: bytes)) }
  }

  /// A whole number has no zeros before it and no plus, or else it is a text such as a postcode; one that has no room
  /// in 64 bits is a text, too.
  static func kind(of bytes: borrowing Span<UInt8>) -> Kind {
    var index = 0
    let end = bytes.count
    func isDigit(_ index: Int, _ bytes: borrowing Span<UInt8>) -> Bool { index < end && 0x30...0x39 ~= bytes[index] }
    if index < end, bytes[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    while isDigit(index, bytes) { index += 1 }
    let digits = index - first
    if digits == 0 || digits > 1 && bytes[first] == 0x30 { return .text }
    if index == end { return digits <= 18 || fits(bytes) ? .integer : .text }
    if bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard isDigit(index, bytes) else { return .text }
      while isDigit(index, bytes) { index += 1 }
    }
    if index < end, bytes[index] == UInt8(ascii: "e") || bytes[index] == UInt8(ascii: "E") {
      index += 1
      if index < end, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") { index += 1 }
      guard isDigit(index, bytes) else { return .text }
      while isDigit(index, bytes) { index += 1 }
    }
    return index == end ? .real : .text
  }

  private static func fits(_ bytes: borrowing Span<UInt8>) -> Bool {
    var text = ""
    for index in bytes.indices { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
    return Int64(text) != nil
  }
}
