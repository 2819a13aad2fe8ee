internal import SQLite

/// What a database holds: its schema, and what is in each table whatever the order of its rows.
package struct DatabaseImage: Hashable, Sendable {
  package struct Table: Hashable, Sendable {
    package var sql: String
    package var rows: Int
    /// A sum over all values of a column, by its name.
    var columns: [String: RowSum]
    /// A sum over all rows.
    var whole: RowSum
  }

  package private(set) var tables: [String: Table] = [:]
  /// Indexes, views and triggers, by name.
  package private(set) var others: [String: String] = [:]

  /// Tokens hold the id of a journal, and each copy has a journal of its own.
  private static let tokens = "execplan_tokens"

  /// - Returns: nil if there is no such file.
  init?(_ path: String) throws {
    let read = try Connection.reading(path) { connection in
      var image = DatabaseImage()
      let schema = try connection.rows(
        "select type, name, coalesce(sql, '') from sqlite_schema where name not like 'sqlite\\_%' escape '\\'")
      for row in schema {
        guard case .text(let type) = row[0], case .text(let name) = row[1], case .text(let sql) = row[2],
          name != Self.tokens
        else { continue }
        if type == "table" {
          image.tables[name] = try Self.table(name, sql, connection)
        } else {
          image.others[name] = sql
        }
      }
      return image
    }
    guard let read else { return nil }
    self = read
  }

  private init() {}

  /// - Parameter rows: what a PostgreSQL server answers to `ServerScript`.
  init(rows: [[String]]) {
    for fields in rows where fields.count >= 3 {
      let (kind, name) = (fields[0], fields[1])
      guard kind == "table", fields.count >= 5 else {
        others["\(kind) \(name)"] = fields[2]
        continue
      }
      var columns: [String: RowSum] = [:]
      for index in stride(from: 5, to: fields.count - 1, by: 2) {
        columns[fields[index]] = RowSum(of: fields[index + 1])
      }
      tables[name] = Table(
        sql: fields[2], rows: Int(fields[3]) ?? 0, columns: columns, whole: RowSum(of: fields[4]))
    }
  }

  private static func table(_ name: String, _ sql: String, _ connection: Connection) throws -> Table {
    let statement = try connection.prepare("select * from \"\(name.replacing("\"", with: "\"\""))\"")
    let names = statement.columnNames
    var columns = [RowSum](repeating: RowSum(), count: names.count)
    var whole = RowSum()
    var rows = 0
    while try statement.step() {
      rows += 1
      let row = statement.row
      for index in row.indices { columns[index].add(row[index...index]) }
      whole.add(row[...])
    }
    return Table(
      sql: sql, rows: rows, columns: Dictionary(zip(names, columns), uniquingKeysWith: { first, _ in first }),
      whole: whole)
  }

  // MARK: Comparing

  /// A place in a database where two of them differ.
  package enum Place: Hashable, Sendable {
    case schema(String)
    case rows(table: String, Int, Int)
    case column(table: String, String)
  }

  /// Where another database differs from this one, in order.
  package func places(differingIn other: DatabaseImage) -> [Place] {
    var places: [Place] = []
    for name in Set(tables.keys).union(other.tables.keys).sorted() {
      guard let mine = tables[name], let others = other.tables[name], mine.sql == others.sql else {
        places.append(.schema(name))
        continue
      }
      if mine.rows != others.rows {
        places.append(.rows(table: name, mine.rows, others.rows))
      } else if mine.whole != others.whole {
        let columns = mine.columns.keys.filter { mine.columns[$0] != others.columns[$0] }.sorted()
        // The same values in other rows.
        places +=
          columns.isEmpty
          ? [.rows(table: name, mine.rows, others.rows)] : columns.map { .column(table: name, $0) }
      }
    }
    for name in Set(others.keys).union(other.others.keys).sorted() where others[name] != other.others[name] {
      places.append(.schema(name))
    }
    return places
  }
}

/// A sum over many rows whatever their order, which tells them from others within this process: what differs has
/// another one, but for one case in 2^64.
struct RowSum: Hashable, Sendable {
  private var sum: UInt64 = 0

  init() {}

  /// A sum that somebody else has made.
  init(of text: String) { add([.text(text)]) }

  mutating func add(_ values: ArraySlice<SQLiteValue>) {
    var hasher = Hasher()
    for value in values {
      if case .text(let text) = value {
        // By its bytes: equal letters may be written in several ways.
        hasher.combine(text.utf8.count)
        for byte in text.utf8 { hasher.combine(byte) }
      } else {
        hasher.combine(value)
      }
    }
    sum &+= UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
