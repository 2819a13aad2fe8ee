/// What a scalar means by the core schema of YAML 1.2: `no`, `yes` and `on` are strings, and only plain
/// scalars are anything else.
package enum YAMLScalar: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  /// Also an integer that does not fit in 64 bits.
  case double(Double)
  case string(String)

  /// Resolves the bytes of a plain scalar.
  init(plain bytes: ArraySlice<UInt8>) {
    if YAMLScalar.isNull(bytes) {
      self = .null
    } else if bytes.count <= 5, let bool = YAMLScalar.bool(bytes) {
      self = .bool(bool)
    } else if let first = bytes.first, YAMLScalar.beginsNumber(first), let number = YAMLScalar.number(bytes) {
      self = number
    } else {
      self = .string(String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Whether a plain scalar of this length can be null: nothing, `~` or `null`.
  static func mayBeNull(_ length: UInt32) -> Bool { length < 2 || length == 4 }

  static func isNull(_ bytes: ArraySlice<UInt8>) -> Bool {
    switch bytes.count {
    case 0: true
    case 1: bytes.first == UInt8(ascii: "~")
    case 4: bytes.elementsEqual("null".utf8) || bytes.elementsEqual("Null".utf8) || bytes.elementsEqual("NULL".utf8)
    default: false
    }
  }

  private static func bool(_ bytes: ArraySlice<UInt8>) -> Bool? {
    switch String(decoding: bytes, as: UTF8.self) {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }

  private static func beginsNumber(_ byte: UInt8) -> Bool {
    byte.isDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> YAMLScalar? {
    let text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix("0o") || text.hasPrefix("0x") {
      let digits = text.dropFirst(2)
      guard let first = digits.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return nil }
      return Int(digits, radix: text.hasPrefix("0o") ? 8 : 16).map(YAMLScalar.int)
    }
    switch text {
    case ".nan", ".NaN", ".NAN": return .double(.nan)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
    default: break
    }
    switch shape(bytes) {
    case .integer: return Int(text).map(YAMLScalar.int) ?? Double(text).map(YAMLScalar.double)
    case .fraction: return Double(text).map(YAMLScalar.double)
    case nil: return nil
    }
  }

  private enum NumberShape {
    case integer, fraction
  }

  /// `[-+]? ( [0-9]+ ( \. [0-9]* )? | \. [0-9]+ ) ( [eE] [-+]? [0-9]+ )?`, as the core schema writes it.
  private static func shape(_ bytes: ArraySlice<UInt8>) -> NumberShape? {
    var rest = bytes
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    var kind = NumberShape.integer
    let whole = rest.prefix { $0.isDigit }.count
    rest = rest.dropFirst(whole)
    if rest.first == UInt8(ascii: ".") {
      kind = .fraction
      rest.removeFirst()
      let fraction = rest.prefix { $0.isDigit }.count
      if whole + fraction == 0 { return nil }
      rest = rest.dropFirst(fraction)
    } else if whole == 0 {
      return nil
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      kind = .fraction
      rest.removeFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      if rest.isEmpty || !rest.allSatisfy({ $0.isDigit }) { return nil }
      return kind
    }
    return rest.isEmpty ? kind : nil
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
