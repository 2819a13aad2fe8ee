package import PlanModel

/// The SQL of SQLite, in which a value has a type of its own, whatever the column's.
package struct SQLiteDialect: TableDialect {
  package init() {}

  /// SQLite makes nothing of capitals.
  package func column(_ name: String, in columns: [TableColumn]) -> TableColumn? {
    let lower = name.lowercased()
    return columns.first { $0.name == name } ?? columns.first { $0.name.lowercased() == lower }
  }

  package func value(_ column: TableColumn) -> TableSelection { TableSelection(quoted(column), .any) }
  package func order(_ column: TableColumn) -> String { quoted(column) }
  package func key(_ column: TableColumn) -> String { quoted(column) }
  package func newest(_ column: TableColumn) -> TableSelection { TableSelection("max(\(quoted(column)))", .any) }

  package func isNoneOf(_ column: TableColumn, _ values: [Value]) -> String {
    let list = values.flatMap { value -> [String] in
      // A file of records or a column may hold the word.
      if case .bool(let flag) = value { return [flag ? "1" : "0", flag ? "'true'" : "'false'"] }
      return [literal(value)]
    }
    return "(\(isThere(column)) AND \(quoted(column)) NOT IN (\(list.joined(separator: ", "))))"
  }

  package func isOutside(_ column: TableColumn, _ min: Value?, _ max: Value?) -> String {
    let name = quoted(column)
    // With a numeric affinity on one side, a text that is a number counts as one, and any other text is above all
    // numbers (sqlite.org/datatype3.html, 4.2).
    if [min, max].contains(where: { $0?.asDouble != nil }) {
      let low = min.map { literal($0) } ?? "-9e999"
      let high = max.map { literal($0) } ?? "9e999"
      return "(\(isThere(column)) AND NOT (\(name) >= CAST(\(low) AS NUMERIC) AND \(name) <= CAST(\(high) AS NUMERIC)))"
    }
    let parts =
      (min.map { ["\(name) < CAST(\(literal($0)) AS TEXT)"] } ?? [])
      + (max.map { ["\(name) > CAST(\(literal($0)) AS TEXT)"] } ?? [])
    return "(\(isThere(column)) AND (\(parts.joined(separator: " OR "))))"
  }

  package func isNot(_ type: TableExpectation.Column.ValueType, _ column: TableColumn) -> String? {
    let types: String
    switch type {
    case .any: return nil
    case .integer: types = "'integer'"
    case .number: types = "'integer', 'real'"
    case .text: types = "'text'"
    }
    return "(\(isThere(column)) AND typeof(\(quoted(column))) NOT IN (\(types)))"
  }

  /// SQLite makes an index of the list, once.
  package func hasNoTarget(
    _ column: TableColumn, of table: TableName, in target: TableName, key: TableColumn
  ) -> String {
    "(\(isThere(column)) AND \(quoted(column)) NOT IN "
      + "(SELECT \(quoted(key)) FROM \(quoted(target)) WHERE \(isThere(key))))"
  }

  package var joinsReferences: Bool { false }

  private func literal(_ value: Value) -> String { SQLDialect.sqlite.literal(value) }
}
