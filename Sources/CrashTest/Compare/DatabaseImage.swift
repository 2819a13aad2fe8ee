internal import Digest
internal import SQLite

/// What an SQLite database holds: its schema, and what is in each table whatever the order of its rows.
package struct DatabaseImage: Hashable, Sendable {
  package struct Table: Hashable, Sendable {
    package var sql: String
    package var rows: Int
    /// A digest of all values of a column, by its name.
    var columns: [String: RowSum]
    /// A digest of all rows.
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

  private static func table(_ name: String, _ sql: String, _ connection: Connection) throws -> Table {
    let statement = try connection.prepare("select * from \"\(name.replacing("\"", with: "\"\""))\"")
    let names = statement.columnNames
    var columns = [RowSum](repeating: RowSum(), count: names.count)
    var whole = RowSum()
    var rows = 0
    while try statement.step() {
      rows += 1
      var bytes: [UInt8] = []
      for (index, value) in statement.row.enumerated() {
        let encoded = encoding(of: value)
        columns[index].add(SHA256.digest(of: encoded))
        bytes += encoded
      }
      whole.add(SHA256.digest(of: bytes))
    }
    return Table(
      sql: sql, rows: rows, columns: Dictionary(zip(names, columns), uniquingKeysWith: { first, _ in first }),
      whole: whole)
  }

  /// Says where it ends, so that two values in a row are never taken for two others.
  private static func encoding(of value: SQLiteValue) -> [UInt8] {
    let text: String
    switch value {
    case .null: return Array("n".utf8)
    case .integer(let number): return Array("i\(number) ".utf8)
    case .real(let number): return Array("r\(number) ".utf8)
    case .text(let string): text = string
    case .blob(let bytes): return Array("b\(bytes.count) ".utf8) + bytes
    }
    return Array("t\(text.utf8.count) ".utf8) + text.utf8
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

/// A digest of many things whatever their order: the sum of their digests.
struct RowSum: Hashable, Sendable {
  private var words: [UInt64] = [0, 0, 0, 0]

  mutating func add(_ digest: SHA256Digest) {
    let bytes = digest.bytes
    for index in 0..<4 {
      words[index] &+= bytes[(index * 8)..<(index * 8 + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }
  }
}
