internal import PlanModel

/// The table that is looked at, with everything that is counted in one pass over it.
struct Subject {
  let table: TableName
  let columns: [TableColumn]
  let dialect: any TableDialect
  let filter: TableQuery?
  private var selections: [TableSelection] = []
  private var places: [String: Int] = [:]
  /// By place, the condition of rows that are counted by a query of their own.
  private var alone: [Int: String] = [:]

  init(table: TableName, columns: [TableColumn], dialect: any TableDialect, filter: TableQuery?) {
    self.table = table
    self.columns = columns
    self.dialect = dialect
    self.filter = filter
    _ = counter(.rows)
  }

  /// The column as the table calls it.
  func column(_ name: String) -> TableColumn? { dialect.column(name, in: columns) }

  var columnNames: [String] { columns.map(\.name) }

  /// The place of what an aggregate expression gives.
  mutating func counter(_ selection: TableSelection) -> Int {
    if let place = places[selection.sql] { return place }
    places[selection.sql] = selections.count
    selections.append(selection)
    return selections.count - 1
  }

  /// The place of the number of rows for which a condition is true.
  ///
  /// - Parameter isAlone: whether they are counted by a query of their own.
  mutating func rows(where condition: String, isAlone: Bool = false) -> Int {
    let place = counter(TableSelection("count(*) FILTER (WHERE \(condition))", .integer))
    if isAlone { alone[place] = condition }
    return place
  }

  func index(of selection: TableSelection) -> Int { places[selection.sql] ?? 0 }

  /// A query of the rows that are looked at.
  func query(_ selections: [TableSelection], where condition: String? = nil, after: String = "") -> TableQuery {
    // On lines of their own, so that a comment at the end of the filter ends there.
    let conditions = (filter.map { ["(\n\($0.sql)\n)"] } ?? []) + (condition.map { [$0] } ?? [])
    let whole = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    let list = selections.map(\.sql).joined(separator: ", ")
    return TableQuery(
      "SELECT \(list) FROM \(dialect.quoted(table))\(whole)\(after.isEmpty ? "" : " \(after)")",
      filter?.parameters ?? [], types: selections.map(\.type))
  }

  /// Fewer than the columns that any database allows a query (PostgreSQL: 1664).
  private static let columnLimit = 500

  /// - Throws: when the rows can't be counted at all.
  func count(in database: any TableDatabase) throws -> Counts {
    var counts = Counts(values: [Value](repeating: .null, count: selections.count))
    let together = selections.indices.filter { alone[$0] == nil }
    var start = 0
    while start < together.count {
      let end = min(start + Subject.columnLimit, together.count)
      try count(Array(together[start..<end]), in: database, &counts)
      start = end
    }
    for (place, condition) in alone.sorted(by: { $0.key < $1.key }) {
      do {
        counts.values[place] = try database.rows(query([.rows], where: condition)).first?.first ?? .null
      } catch let problem as TableProblem {
        counts.problems[place] = problem
      }
    }
    return counts
  }

  /// Counts in one pass. If that fails, what is at fault is found by asking for each of no row, and the rest is counted.
  private func count(_ places: [Int], in database: any TableDatabase, _ counts: inout Counts) throws {
    do {
      try fill(places, in: database, &counts)
    } catch let problem as TableProblem {
      var good: [Int] = []
      for place in places {
        do {
          _ = try database.rows(query([selections[place]], where: "1 = 0"))
          good.append(place)
        } catch let own as TableProblem {
          counts.problems[place] = own
        }
      }
      if good.count == places.count || counts.problems[0] != nil { throw problem }
      try fill(good, in: database, &counts)
    }
  }

  private func fill(_ places: [Int], in database: any TableDatabase, _ counts: inout Counts) throws {
    guard !places.isEmpty else { return }
    let row = try database.rows(query(places.map { selections[$0] })).first ?? []
    for (place, value) in zip(places, row) { counts.values[place] = value }
  }
}

/// What one pass over a table gave.
struct Counts {
  fileprivate(set) var values: [Value]
  /// By place, why there is no value.
  fileprivate(set) var problems: [Int: TableProblem] = [:]

  init(values: [Value]) { self.values = values }

  var rows: Int { self[0] }

  subscript(index: Int) -> Int {
    guard values.indices.contains(index), case .int(let count) = values[index] else { return 0 }
    return count
  }

  /// - Throws: when one of them could not be counted.
  func require(_ places: Int...) throws(TableProblem) {
    for place in places { if let problem = problems[place] { throw problem } }
  }
}
