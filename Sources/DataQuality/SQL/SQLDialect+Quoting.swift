package import PlanModel

/// How a database writes names and values.
extension SQLDialect {
  /// A name in double quotes, whatever it holds.
  package func quoted(_ name: String) -> String {
    SQLDialect.doubling("\"", in: name)
  }

  package func quoted(_ table: TableName) -> String { table.parts.map { quoted($0) }.joined(separator: ".") }

  /// A value as a literal of SQL.
  ///
  /// A backslash means nothing in it, as the standard has it (PostgreSQL: `standard_conforming_strings`).
  package func literal(_ value: Value) -> String {
    switch value {
    case .null: "NULL"
    case .bool(let value): self == .sqlite ? (value ? "1" : "0") : (value ? "TRUE" : "FALSE")
    case .int(let number): number == Int.min ? "(-9223372036854775807 - 1)" : "\(number)"
    case .double(let number): number.isFinite ? "\(number)" : "NULL"
    case .string(let text): SQLDialect.text(text)
    case .list, .map: SQLDialect.text(JSONWriter.compact(value))
    }
  }

  private static func text(_ text: String) -> String {
    doubling("'", in: text)
  }

  /// A text between quotes, with each quote in it twice.
  private static func doubling(_ quote: Unicode.Scalar, in text: String) -> String {
    // A mark after a quote makes one character of both, so the quotes are looked for among the scalars.
    let parts = text.unicodeScalars.split(separator: quote, omittingEmptySubsequences: false).map { String($0) }
    return "\(quote)" + parts.joined(separator: "\(quote)\(quote)") + "\(quote)"
  }
}
