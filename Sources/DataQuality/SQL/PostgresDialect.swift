package import PlanModel

/// The SQL of PostgreSQL, in which the type of a column is that of all its values.
///
/// Texts are compared byte by byte, whatever the collation, but for `unique`: there equal is what the database calls so.
package struct PostgresDialect: TableDialect {
  package init() {}

  package func column(_ name: String, in columns: [TableColumn]) -> TableColumn? { columns.first { $0.name == name } }

  package func value(_ column: TableColumn) -> TableSelection {
    switch column.type {
    case .integer, .decimal, .real, .single: TableSelection(quoted(column), column.type)
    case .bytes: TableSelection("'(' || octet_length(\(quoted(column))) || ' bytes)'", .text)
    case .ordered: TableSelection("\(quoted(column))::text", .text)
    case .text, .other, .any: TableSelection(text(column), .text)
    }
  }

  package func order(_ column: TableColumn) -> String {
    switch column.type {
    case .integer, .decimal, .real, .single, .ordered, .bytes: quoted(column)
    case .text, .other, .any: text(column)
    }
  }

  package func key(_ column: TableColumn) -> String {
    switch column.type {
    // Not all of these have an equality.
    case .other, .any: text(column)
    case .integer, .decimal, .real, .single, .text, .ordered, .bytes: quoted(column)
    }
  }

  package func newest(_ column: TableColumn) -> TableSelection {
    switch column.type {
    case .integer, .decimal, .real, .single: TableSelection("max(\(quoted(column)))", column.type)
    case .ordered: TableSelection("max(\(quoted(column)))::text", .text)
    case .text, .other, .bytes, .any: TableSelection("max(\(text(column)))", .text)
    }
  }

  package func isNoneOf(_ column: TableColumn, _ values: [Value]) -> String {
    let list: [String]
    let found: String
    switch column.type {
    case .integer, .decimal, .real, .single:
      found = number(column)
      list = values.compactMap { numeral($0, of: column.type) }
    case .ordered:
      found = quoted(column)
      list = values.map { quoted(text: $0.text ?? "") }
    case .text, .bytes, .other, .any:
      found = text(column)
      list = values.flatMap { value -> [String] in
        // A column of texts may hold the number that stands for it elsewhere.
        if case .bool(let flag) = value { return flag ? ["'true'", "'1'"] : ["'false'", "'0'"] }
        return [quoted(text: value.text ?? "")]
      }
    }
    if list.isEmpty { return "(\(isThere(column)))" }
    return "(\(isThere(column)) AND \(found) NOT IN (\(list.joined(separator: ", "))))"
  }

  package func isOutside(_ column: TableColumn, _ min: Value?, _ max: Value?) -> String {
    let isNumeric = [min, max].contains { $0?.asDouble != nil }
    switch column.type {
    case .integer, .decimal, .real, .single:
      var inside = within(number(column), min, max)
      // It is above all numbers, and none itself.
      if column.type != .integer { inside.append("\(quoted(column)) <> 'NaN'") }
      return "(\(isThere(column)) AND NOT (\(inside.joined(separator: " AND "))))"
    case .text, .ordered, .bytes, .other, .any:
      if isNumeric {
        let value = "\(quoted(column))::text"
        let inside = within("\(value)::numeric", min, max).joined(separator: " AND ")
        return "(\(isThere(column)) AND "
          + "CASE WHEN \(value) ~ '\(PostgresDialect.numeral)' THEN NOT (\(inside)) ELSE TRUE END)"
      }
      let inside = within(order(column), min, max)
      return "(\(isThere(column)) AND NOT (\(inside.joined(separator: " AND "))))"
    }
  }

  /// A text that can be cast to a number.
  private static let numeral =
    "^ *[-+]?([0-9]{1,255}([.][0-9]{0,255})?|[.][0-9]{1,255})([eE][-+]?[0-9]{1,3})? *$"

  private func within(_ value: String, _ min: Value?, _ max: Value?) -> [String] {
    (min.map { ["\(value) >= \(literal($0))"] } ?? []) + (max.map { ["\(value) <= \(literal($0))"] } ?? [])
  }

  package func isNot(_ type: TableExpectation.Column.ValueType, _ column: TableColumn) -> String? {
    let isRight: Bool
    switch type {
    case .any: return nil
    case .integer: isRight = column.type == .integer
    case .number: isRight = column.type.isNumeric
    case .text: isRight = !column.type.isNumeric
    }
    return isRight ? "FALSE" : "(\(isThere(column)))"
  }

  package func hasNoTarget(
    _ column: TableColumn, of table: TableName, in target: TableName, key: TableColumn
  ) -> String {
    let isSame = column.type == key.type || column.type.isNumeric && key.type.isNumeric
    let isNative = isSame && column.type != .other && column.type != .any
    func side(_ column: TableColumn, _ table: String) -> String {
      let name = "\(table).\(quoted(column))"
      return isNative ? name : "\(name)::text COLLATE \"C\""
    }
    return "(\(quoted(table)).\(isThere(column)) AND NOT EXISTS (SELECT 1 FROM \(quoted(target)) AS execplan_target "
      + "WHERE \(side(key, "execplan_target")) = \(side(column, quoted(table)))))"
  }

  /// In a condition of its own it is a join; in an aggregate it would be asked row by row.
  package var joinsReferences: Bool { true }

  // MARK: Parts

  private func text(_ column: TableColumn) -> String { "(\(quoted(column))::text COLLATE \"C\")" }

  /// 0.1 of 32 bits is another number than 0.1 of 64; what is meant is what is shown.
  private func number(_ column: TableColumn) -> String {
    column.type == .single ? "(\(quoted(column))::text::float8)" : quoted(column)
  }

  private func literal(_ value: Value) -> String { SQLDialect.postgres.literal(value) }
  private func quoted(text: String) -> String { literal(.string(text)) }

  /// A value as a number of the column's type; nil if it is none, and so equal to none.
  private func numeral(_ value: Value, of type: ColumnType) -> String? {
    switch value {
    case .int: return literal(value)
    case .double(let number): return number.isFinite ? literal(value) : nil
    case .bool(let flag): return flag ? "1" : "0"
    case .string(let text):
      if let number = Int(text) { return literal(.int(number)) }
      if let number = Double(text), number.isFinite { return literal(.double(number)) }
      return type != .integer && ["NaN", "Infinity", "-Infinity"].contains(text) ? quoted(text: text) : nil
    case .null, .list, .map: return nil
    }
  }
}

extension ColumnType {
  fileprivate var isNumeric: Bool {
    switch self {
    case .integer, .decimal, .real, .single: true
    case .any, .text, .ordered, .bytes, .other: false
    }
  }
}
