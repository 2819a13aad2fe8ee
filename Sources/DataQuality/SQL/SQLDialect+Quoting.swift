package import PlanModel

/// How a database writes names and values.
extension SQLDialect {
  /// A name in double quotes, whatever it holds.
  package func quoted(_ name: String) -> String {
    QuotedText.quoted(name, with: "\"", each: "\"\"")
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
    QuotedText.quoted(text, with: "'", each: "''")
  }
}
