internal import PlanModel

/// Conditions that are true for bad rows.
struct TableConditions {
  let dialect: SQLDialect

  func isMissing(_ column: String) -> String { "\(dialect.quoted(column)) IS NULL" }

  func isNoneOf(_ column: String, _ values: [Value]) -> String {
    let name = dialect.quoted(column)
    let list = values.flatMap { value -> [String] in
      // A file of records or a column of SQLite may hold the word.
      if dialect == .sqlite, case .bool(let flag) = value { return [flag ? "1" : "0", flag ? "'true'" : "'false'"] }
      return [dialect.literal(value)]
    }
    return "(\(name) IS NOT NULL AND \(name) NOT IN (\(list.joined(separator: ", "))))"
  }

  func isOutside(_ column: String, _ min: Value?, _ max: Value?) -> String {
    let name = dialect.quoted(column)
    guard dialect == .sqlite else {
      let parts =
        (min.map { ["\(name) < \(dialect.literal($0))"] } ?? [])
        + (max.map { ["\(name) > \(dialect.literal($0))"] } ?? [])
      return "(\(name) IS NOT NULL AND (\(parts.joined(separator: " OR "))))"
    }
    // A value has a type of its own in SQLite, whatever the column's. With a numeric affinity on one side, a text that
    // is a number counts as one, and any other text is above all numbers (sqlite.org/datatype3.html, 4.2).
    let isNumeric = [min, max].contains { bound in
      switch bound {
      case .int?, .double?: true
      default: false
      }
    }
    if isNumeric {
      let low = min.map { dialect.literal($0) } ?? "-9e999"
      let high = max.map { dialect.literal($0) } ?? "9e999"
      return
        "(\(name) IS NOT NULL AND NOT (\(name) >= CAST(\(low) AS NUMERIC) AND \(name) <= CAST(\(high) AS NUMERIC)))"
    }
    let parts =
      (min.map { ["\(name) < CAST(\(dialect.literal($0)) AS TEXT)"] } ?? [])
      + (max.map { ["\(name) > CAST(\(dialect.literal($0)) AS TEXT)"] } ?? [])
    return "(\(name) IS NOT NULL AND (\(parts.joined(separator: " OR "))))"
  }

  /// - Parameter target: the table that is referred to, quoted.
  func hasNoTarget(_ column: String, in target: String, key: String, of table: String) -> String {
    let name = dialect.quoted(column)
    let key = dialect.quoted(key)
    guard dialect == .sqlite else {
      // Planned as a join; NOT IN would be asked row by row once its list has no room in memory.
      return "(\(table).\(name) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \(target) AS target "
        + "WHERE target.\(key) = \(table).\(name)))"
    }
    // SQLite makes an index of the list, once.
    return "(\(name) IS NOT NULL AND \(name) NOT IN (SELECT \(key) FROM \(target) WHERE \(key) IS NOT NULL))"
  }

  /// Only SQLite holds values of other types than its column's.
  func isNot(_ type: TableExpectation.Column.ValueType, _ column: String) -> String? {
    let name = dialect.quoted(column)
    let types: String
    switch type {
    case .any: return nil
    case .integer: types = "'integer'"
    case .number: types = "'integer', 'real'"
    case .text: types = "'text'"
    }
    return "(\(name) IS NOT NULL AND typeof(\(name)) NOT IN (\(types)))"
  }

  func hasValues(_ columns: [String]) -> String {
    columns.map { "\(dialect.quoted($0)) IS NOT NULL" }.joined(separator: " AND ")
  }
}
