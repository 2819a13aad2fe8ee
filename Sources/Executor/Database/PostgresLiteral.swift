internal import PlanModel

/// Values of the plan as PostgreSQL reads them in SQL: a value is one token, and nothing in it can end it.
enum PostgresLiteral {
  /// The text of a value. A text is of unknown type, so it takes the type of its place, as a date does.
  ///
  /// A negative number stands in parentheses: `x -:n` would begin a comment, and `-1::text` negates a text.
  static func of(_ value: Value) throws(EvaluationError) -> String {
    switch value {
    case .null: return "NULL"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return number < 0 ? "(\(number))" : String(number)
    case .double(let number):
      guard number.isFinite else { return "\(try text(number.isNaN ? "NaN" : "\(number)"))::double precision" }
      return number < 0 ? "(\(number))" : "\(number)"
    case .string(let text): return try self.text(text)
    case .list, .map: throw EvaluationError("a \(value.typeName) cannot be bound in SQL; use toJSON")
    }
  }

  /// A quoted text, on one line. Escapes do not depend on `standard_conforming_strings`.
  static func text(_ text: String) throws(EvaluationError) -> String {
    guard !text.utf8.contains(0) else {
      throw EvaluationError("a text with a NUL byte cannot be bound in SQL; PostgreSQL keeps none")
    }
    let escapes = text.utf8.contains { $0 == UInt8(ascii: "\\") || $0 == 0x0A || $0 == 0x0D }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 3)
    if escapes { bytes.append(UInt8(ascii: "E")) }
    bytes.append(UInt8(ascii: "'"))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "'"): bytes.append(contentsOf: [byte, byte])
      case UInt8(ascii: "\\"): bytes.append(contentsOf: [byte, byte])
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "'"))
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A quoted name, for a table or a column.
  static func name(_ name: String) throws(EvaluationError) -> String {
    guard !name.isEmpty, !name.utf8.contains(0) else { throw EvaluationError("an empty name names nothing in SQL") }
    // A mark after a quote makes one character of both, so the quotes are looked for among the scalars.
    let parts = name.unicodeScalars.split(separator: "\"", omittingEmptySubsequences: false).map { String($0) }
    return "\"" + parts.joined(separator: "\"\"") + "\""
  }
}
