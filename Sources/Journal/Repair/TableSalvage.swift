internal import SQLite

/// Copies what can be read of one table, row by row, around pages that are broken.
struct TableSalvage {
  let source: Connection
  let target: Connection
  let table: String
  /// Columns that both databases have.
  private let columns: [String]
  /// What rows are ordered by.
  private let key: [String]
  private let hasRowID: Bool

  private(set) var rows = 0
  /// Why not all of it could be read; nil if the table was read from end to end.
  private(set) var problem: String?

  /// More numbers than this between two readable rows are not tried one by one.
  private static let probes: Int64 = 1_000_000

  /// - Parameter table: one of the target.
  init(_ table: String, from source: Connection, to target: Connection) throws {
    self.table = table
    self.source = source
    self.target = target
    let wanted = try TableSalvage.columns(of: table, target)
    var found: [String] = []
    do {
      found = try TableSalvage.columns(of: table, source).map(\.name)
    } catch {
      problem = JournalError(error).description
    }
    columns = wanted.map(\.name).filter(found.contains)
    let primary = wanted.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.name)
    let isWithoutRowID =
      try target.value(
        "SELECT instr(sql, 'WITHOUT ROWID') > 0 FROM sqlite_schema WHERE name = ?1", .text(table)) == .integer(1)
    hasRowID = !isWithoutRowID
    key = isWithoutRowID ? primary : ["rowid"]
    if columns.isEmpty, problem == nil { problem = "the table is not there" }
  }

  private static func columns(of table: String, _ connection: Connection) throws -> [(name: String, place: Int64)] {
    try connection.rows("SELECT name, pk FROM pragma_table_info(?1)", .text(table)).compactMap { row in
      guard case .text(let name) = row[0], case .integer(let place) = row[1] else { return nil }
      return (name, place)
    }
  }

  /// Reads from the front, and where that ends from the back, and then number by number between the two.
  mutating func run() throws {
    guard !columns.isEmpty else { return }
    guard let last = try read(descending: false, until: nil) else { return }
    let first = try read(descending: true, until: last) ?? last
    guard hasRowID, first > last, first - last <= TableSalvage.probes else { return }
    var number = last + 1
    while number < first {
      try probe(number)
      number += 1
    }
  }

  /// - Returns: the number of the last row before a broken page; nil when the end was reached.
  private mutating func read(descending: Bool, until end: Int64?) throws -> Int64? {
    let order = key.map { quoted($0) + (descending ? " DESC" : "") }.joined(separator: ", ")
    var last: Int64 = descending ? .max : 0
    do {
      let statement = try source.prepare(
        "SELECT \(hasRowID ? "rowid" : "0"), \(list) FROM \(quoted(table)) NOT INDEXED ORDER BY \(order)")
      while try statement.step() {
        let row = statement.row
        if hasRowID, case .integer(let number) = row[0] {
          if descending, let end, number <= end { return number }
          last = number
        }
        try insert(Array(row.dropFirst()))
      }
      return nil
    } catch let error as SQLiteError {
      problem = problem ?? error.message
      return last
    }
  }

  private mutating func probe(_ number: Int64) throws {
    do {
      let rows = try source.rows(
        "SELECT \(list) FROM \(quoted(table)) NOT INDEXED WHERE rowid = ?1", .integer(number))
      for row in rows { try insert(row) }
    } catch is SQLiteError {}
  }

  /// A row that the target refuses is damage, too.
  private mutating func insert(_ values: [SQLiteValue]) throws {
    do {
      let places = (1...values.count).map { "?\($0)" }.joined(separator: ", ")
      let statement = try target.cached("INSERT OR IGNORE INTO \(quoted(table)) (\(list)) VALUES (\(places))")
      try statement.bind(values)
      while try statement.step() {}
      rows += target.changes
    } catch {
      guard error.kind == .constraint || error.kind == .error else { throw error }
      problem = problem ?? error.message
    }
  }

  private var list: String { columns.map(quoted).joined(separator: ", ") }

  private func quoted(_ name: String) -> String { "\"\(name)\"" }
}
