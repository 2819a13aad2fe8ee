/// One item of a `foreach`, as the expressions of its step read it.
package struct ForeachItem: Hashable, Sendable {
  /// What tells it from the others; it stands in the id of its step.
  package var key: String
  package var value: Value
  /// From 0, in the order of the list.
  package var index: Int

  package init(key: String, value: Value, index: Int) {
    self.key = key
    self.value = value
    self.index = index
  }

  package func value(of member: Reference.ItemMember) -> Value {
    switch member {
    case .key: .string(key)
    case .value: value
    case .index: .int(index)
    }
  }

  /// The id of the step of one item: `fetch[eu]`. What is no letter, digit or one of `._-` is percent-encoded.
  package static func stepID(_ step: String, key: String) -> String { "\(step)[\(encoded(key))]" }

  /// The id of the step that finds the items of another: `fetch[*]`. No item has it, as a `*` is encoded.
  package static func templateID(_ step: String) -> String { "\(step)[*]" }

  /// An id whose key may be written as it is, `fetch[a/b]`, as steps are called: `fetch[a%2Fb]`; nil for another text.
  package static func canonicalID(_ text: String) -> String? {
    guard text.hasSuffix("]"), let open = text.firstIndex(of: "[") else { return nil }
    return stepID(String(text[..<open]), key: String(text[text.index(after: open)...].dropLast()))
  }

  private static func encoded(_ key: String) -> String {
    if key.utf8.allSatisfy(isPlain) { return key }
    var text: [UInt8] = []
    for byte in key.utf8 {
      if isPlain(byte) {
        text.append(byte)
      } else {
        text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static let digits = Array("0123456789ABCDEF".utf8)

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
