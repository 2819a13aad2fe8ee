/// Two hex digits a byte.
enum HexForms {
  static let lower = Array("0123456789abcdef".utf8)
  static let upper = Array("0123456789ABCDEF".utf8)

  static func all(of value: [UInt8]) -> [[UInt8]] {
    [lower, upper].map { digits in value.flatMap { pair($0, digits) } }
  }

  static func pair(_ byte: UInt8, _ digits: [UInt8]) -> [UInt8] {
    [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  /// What a digit stands for; nil if it is none.
  static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The number that digits make up, at most eight of them; nil if one is none.
  static func number(_ digits: some Collection<UInt8>) -> UInt32? {
    guard !digits.isEmpty, digits.count <= 8 else { return nil }
    var number: UInt32 = 0
    for digit in digits {
      guard let value = value(digit) else { return nil }
      number = number << 4 | UInt32(value)
    }
    return number
  }
}
