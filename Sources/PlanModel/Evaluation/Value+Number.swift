extension Value {
  /// The value as a number: `.int` or `.double` for a number and for a text that is written like one.
  package var asNumber: Value? {
    switch self {
    case .int: return self
    case .double(let number): return number.isFinite ? self : nil
    case .string(let text): return Value.number(in: text)
    case .null, .bool, .list, .map: return nil
    }
  }

  /// The number that the value is or is written like; nil for anything else.
  package var number: Double? {
    switch asNumber {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  /// Reads `-?digits[.digits][e[+-]digits]`, the JSON form with leading zeros allowed.
  private static func number(in text: String) -> Value? {
    var utf8 = Substring(text).utf8
    guard (1...400).contains(utf8.count) else { return nil }
    var isWhole = true

    func takeDigits() -> Bool {
      let before = utf8.count
      utf8 = utf8.drop { (0x30...0x39).contains($0) }
      return utf8.count < before
    }

    if utf8.first == UInt8(ascii: "-") { utf8 = utf8.dropFirst() }
    guard takeDigits() else { return nil }
    if utf8.first == UInt8(ascii: ".") {
      isWhole = false
      utf8 = utf8.dropFirst()
      guard takeDigits() else { return nil }
    }
    if let e = utf8.first, e | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      utf8 = utf8.dropFirst()
      if let sign = utf8.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { utf8 = utf8.dropFirst() }
      guard takeDigits() else { return nil }
    }
    guard utf8.isEmpty else { return nil }
    if isWhole, let whole = Int(text) { return .int(whole) }
    guard let number = Double(text), number.isFinite else { return nil }
    return .double(number)
  }

  /// Whether this number is less than, equal to or greater than the other; nil when one is no number.
  ///
  /// Whole numbers are compared exactly, beyond the 53 bits of a double too.
  package func ordering(to other: Value) -> Ordering? {
    guard let a = asNumber, let b = other.asNumber else { return nil }
    if case .int(let x) = a, case .int(let y) = b { return Ordering(x, y) }
    guard let x = a.number, let y = b.number else { return nil }
    return Ordering(x, y)
  }

  package enum Ordering: Hashable, Sendable {
    case less, equal, greater

    init<Number: Comparable>(_ a: Number, _ b: Number) {
      self = a < b ? .less : a == b ? .equal : .greater
    }
  }
}
