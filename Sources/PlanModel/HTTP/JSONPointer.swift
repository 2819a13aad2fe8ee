/// A place in a JSON document (RFC 6901): `/items/0/id`; the empty text is the whole document.
package struct JSONPointer: Hashable, Sendable {
  /// As written.
  package let text: String
  /// The reference tokens with `~1` and `~0` decoded.
  package let tokens: [String]

  /// What is wrong with a text that is no pointer.
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
  }

  package init(_ text: String) throws(Problem) {
    self.text = text
    guard !text.isEmpty else {
      tokens = []
      return
    }
    guard text.utf8.first == UInt8(ascii: "/") else {
      throw Problem(message: "a JSON pointer begins with \"/\": write \"/\(text)\"")
    }
    var tokens: [String] = []
    for token in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      var decoded: [UInt8] = []
      var isEscaped = false
      for byte in token {
        switch (isEscaped, byte) {
        case (false, UInt8(ascii: "~")):
          isEscaped = true
          continue
        case (false, _): decoded.append(byte)
        case (true, UInt8(ascii: "0")): decoded.append(UInt8(ascii: "~"))
        case (true, UInt8(ascii: "1")): decoded.append(UInt8(ascii: "/"))
        case (true, _): throw JSONPointer.badTilde
        }
        isEscaped = false
      }
      if isEscaped { throw JSONPointer.badTilde }
      tokens.append(String(decoding: decoded, as: UTF8.self))
    }
    self.tokens = tokens
  }

  private static let badTilde = Problem(
    message: "in a JSON pointer \"~\" is written \"~0\" and \"/\" within a name \"~1\"")

  /// The value at the place; nil when there is none.
  package func value(in document: Value) -> Value? {
    var value = document
    for token in tokens {
      switch value {
      case .map(let entries):
        guard let entry = entries.first(where: { $0.key == token }) else { return nil }
        value = entry.value
      case .list(let items):
        guard let index = JSONPointer.index(token), index < items.count else { return nil }
        value = items[index]
      case .null, .bool, .int, .double, .string: return nil
      }
    }
    return value
  }

  /// Digits without a leading zero (RFC 6901, section 4).
  private static func index(_ token: String) -> Int? {
    let digits = token.utf8
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.count == 1 || digits.first != 0x30
    else { return nil }
    return Int(token)
  }
}
