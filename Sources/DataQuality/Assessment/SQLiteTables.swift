package import PlanModel
package import SQLite

/// Tables of a SQLite database, or of a CSV file that was taken into one.
package struct SQLiteTables: TableDatabase {
  private let connection: Connection
  package let lineColumn: String?

  package init(_ connection: Connection, lineColumn: String? = nil) {
    self.connection = connection
    self.lineColumn = lineColumn
  }

  package var dialect: any TableDialect { SQLiteDialect() }
  package var place: String { "" }

  package func columns(of table: TableName) throws -> [TableColumn]? {
    // Hidden columns of virtual tables are left out, generated ones are not (sqlite.org/pragma.html#pragma_table_xinfo).
    let rows = try connection.rows(
      "SELECT name FROM pragma_table_xinfo(?1, ?2) WHERE hidden <> 1", .text(table.table), .text(table.schema ?? "main")
    )
    let columns = rows.compactMap { if case .text(let name) = $0[0] { TableColumn(name) } else { nil } }
    return columns.isEmpty ? nil : columns
  }

  package func tables() throws -> [String] {
    try connection.rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name LIMIT 1000")
      .compactMap { if case .text(let name) = $0[0] { name } else { nil } }
  }

  package func rows(_ query: TableQuery) throws -> [[Value]] {
    let statement = try prepared(query)
    var rows: [[Value]] = []
    while try statement.step() { rows.append(SQLiteTables.values(statement)) }
    return rows
  }

  package func rows(_ query: TableQuery, limit: Int) throws -> (columns: [String], first: [[Value]], count: Int) {
    let statement = try prepared(query)
    var first: [[Value]] = []
    var count = 0
    while try statement.step() {
      count += 1
      if first.count < limit { first.append(SQLiteTables.values(statement)) }
    }
    return (statement.columnNames, first, count)
  }

  package func eachValue(_ query: TableQuery, _ body: (Value, Int) -> Void) throws {
    let statement = try prepared(query)
    while try statement.step() { body(SQLiteTables.value(statement[0]), Int(statement.int64(1) ?? 0)) }
  }

  private func prepared(_ query: TableQuery) throws -> Statement {
    let statement = try connection.prepare(query.sql)
    guard statement.isReadOnly, statement.columnCount > 0 else {
      throw TableProblem("the SQL is not a query that only reads")
    }
    for index in 1...max(1, statement.parameterCount) where index <= statement.parameterCount {
      guard index <= query.parameters.count else {
        throw TableProblem("\"\(statement.parameterName(index) ?? "?")\" in the SQL has no value")
      }
      try statement.bind(SQLiteTables.parameter(query.parameters[index - 1]), at: index)
    }
    return statement
  }

  private static func parameter(_ value: Value) throws(TableProblem) -> SQLiteValue {
    switch value {
    case .null: return .null
    case .bool(let flag): return .integer(flag ? 1 : 0)
    case .int(let number): return .integer(Int64(number))
    case .double(let number): return .real(number)
    case .string(let text): return .text(text)
    case .list, .map: throw TableProblem("a \(value.typeName) cannot be bound in SQL; use toJSON")
    }
  }

  private static func values(_ statement: Statement) -> [Value] { statement.row.map { value($0) } }

  private static func value(_ value: SQLiteValue) -> Value {
    switch value {
    case .null: .null
    case .integer(let number): .int(Int(number))
    case .real(let number): .double(number)
    case .text(let text): .string(text)
    case .blob(let bytes): .string("(\(bytes.count) bytes)")
    }
  }
}
