internal import PlanModel

/// The table that is looked at, with everything that is counted in one pass over it.
struct Subject {
  let table: TableName
  let columns: [String]
  let dialect: SQLDialect
  let filter: TableQuery?
  private var expressions: [String] = []
  private var places: [String: Int] = [:]

  init(table: TableName, columns: [String], dialect: SQLDialect, filter: TableQuery?) {
    self.table = table
    self.columns = columns
    self.dialect = dialect
    self.filter = filter
    _ = counter("count(*)")
  }

  /// The column as the table calls it: SQLite makes nothing of capitals.
  func column(_ name: String) -> String? {
    if columns.contains(name) { return name }
    guard dialect == .sqlite else { return nil }
    let lower = name.lowercased()
    return columns.first { $0.lowercased() == lower }
  }

  /// The place of what an aggregate expression gives.
  mutating func counter(_ expression: String) -> Int {
    if let place = places[expression] { return place }
    places[expression] = expressions.count
    expressions.append(expression)
    return expressions.count - 1
  }

  /// The place of the number of rows for which a condition is true.
  mutating func rows(where condition: String) -> Int { counter("count(*) FILTER (WHERE \(condition))") }

  func index(of expression: String) -> Int { places[expression] ?? 0 }

  /// A query of the rows that are looked at.
  func query(_ columns: String, where condition: String? = nil, after: String = "") -> TableQuery {
    // On lines of their own, so that a comment at the end of the filter ends there.
    let conditions = (filter.map { ["(\n\($0.sql)\n)"] } ?? []) + (condition.map { [$0] } ?? [])
    let whole = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    return TableQuery("SELECT \(columns) FROM \(dialect.quoted(table))\(whole) \(after)", filter?.parameters ?? [])
  }

  /// Fewer than the columns that any database allows a query (PostgreSQL: 1664).
  private static let columnLimit = 500

  func count(in database: any TableDatabase) throws -> Counts {
    var values: [Value] = []
    var start = 0
    while start < expressions.count {
      let end = min(start + Subject.columnLimit, expressions.count)
      let rows = try database.rows(query(expressions[start..<end].joined(separator: ", ")))
      values += rows.first ?? []
      start = end
    }
    return Counts(values: values)
  }
}

/// What one pass over a table gave.
struct Counts {
  let values: [Value]

  var rows: Int { self[0] }

  subscript(index: Int) -> Int {
    guard values.indices.contains(index), case .int(let count) = values[index] else { return 0 }
    return count
  }
}
