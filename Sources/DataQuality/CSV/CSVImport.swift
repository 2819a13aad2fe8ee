package import PlanModel
package import SQLite

/// Takes the records of a CSV file into a table of a temporary database.
///
/// The file is read once. Its fields go into a table of texts while the types of the columns are found out; SQLite then
/// converts them into the table that is looked at. `rowid` is the line on which a record begins.
package struct CSVImport {
  package struct Column: Hashable, Sendable {
    package var name: String
    /// `INTEGER`, `REAL` or `TEXT`.
    package var type: String
  }

  private let file: CSVFile
  private let connection: Connection
  private let table: String
  /// Whether the work is to end.
  private let isCancelled: () -> Bool

  /// SQLite's own limit (sqlite.org/limits.html, 2).
  private static let columnLimit = 2000
  private static let raw = "execplan raw"

  package init(_ file: CSVFile, into table: String, of connection: Connection, isCancelled: @escaping () -> Bool) {
    self.file = file
    self.table = table
    self.connection = connection
    self.isCancelled = isCancelled
  }

  /// - Returns: the columns; nil: it was cancelled.
  package func run(read: @escaping (Int) throws -> [UInt8]) throws -> [Column]? {
    var reader = CSVReader(delimiter: file.delimiter, read: read)
    guard try reader.next() else {
      throw CSVProblem(file.hasHeader ? "the file has no line with the names of its columns" : "the file has no record")
    }
    let names = try names(reader)
    try connection.run("BEGIN")
    let places = (1...names.count).map { "c\($0)" }.joined(separator: ", ")
    let raw = SQLDialect.sqlite.quoted(CSVImport.raw)
    try connection.run("CREATE TABLE \(raw) (\(places))")
    guard let types = try fill(&reader, names) else { return nil }
    let columns = zip(names, types).map { Column(name: $0, type: $1.kind.affinity) }
    let target = SQLDialect.sqlite.quoted(table)
    let definitions = columns.map { "\(SQLDialect.sqlite.quoted($0.name)) \($0.type)" }.joined(separator: ", ")
    let quoted = columns.map { SQLDialect.sqlite.quoted($0.name) }.joined(separator: ", ")
    try connection.run("CREATE TABLE \(target) (\(definitions))")
    if let line = CSVImport.lineColumn(columns.map(\.name)) {
      try connection.run(
        "INSERT INTO \(target) (\(line), \(quoted)) SELECT rowid, \(places) FROM \(raw) ORDER BY rowid")
    } else {
      try connection.run("INSERT INTO \(target) (\(quoted)) SELECT \(places) FROM \(raw) ORDER BY rowid")
    }
    try connection.run("DROP TABLE \(raw)")
    try connection.run("COMMIT")
    return columns
  }

  /// A name of the number of a row that no column takes; nil when all are taken.
  package static func lineColumn(_ columns: [String]) -> String? {
    let taken = Set(columns.map { $0.lowercased() })
    return ["rowid", "_rowid_", "oid"].first { !taken.contains($0) }
  }

  private func fill(_ reader: inout CSVReader, _ names: [String]) throws -> [CSVColumnType]? {
    let marks = (0...names.count).map { "?\($0 + 1)" }.joined(separator: ", ")
    let list = (1...names.count).map { "c\($0)" }.joined(separator: ", ")
    let insert = try connection.prepare(
      "INSERT INTO \(SQLDialect.sqlite.quoted(CSVImport.raw)) (rowid, \(list)) VALUES (\(marks))")
    var types = [CSVColumnType](repeating: CSVColumnType(), count: names.count)
    let nulls = file.nulls.map { Array($0.utf8) }
    var count = 0
    // Without a header the first record is one of the data.
    var hasRecord = file.hasHeader ? try reader.next() : true
    while hasRecord {
      guard reader.fields.count == names.count else {
        throw CSVProblem(
          line: reader.line,
          "\(reader.fields.count) fields, and the first line has \(names.count)")
      }
      try bind(reader, to: insert, nulls, &types)
      while try insert.step() {}
      count += 1
      if count % 1024 == 0, isCancelled() { return nil }
      hasRecord = try reader.next()
    }
    return types
  }

  private func bind(
    _ reader: CSVReader, to insert: Statement, _ nulls: [[UInt8]], _ types: inout [CSVColumnType]
  ) throws(SQLiteError) {
    try insert.bind(.integer(Int64(reader.line)), at: 1)
    let span = reader.bytes.span
    for index in types.indices {
      let field = reader.fields[index]
      let bytes = span.extracting(field.range)
      if !field.isQuoted, CSVImport.isNull(bytes, nulls) {
        try insert.bind(.null, at: index + 2)
      } else {
        types[index].take(bytes)
        try insert.bind(utf8: bytes, at: index + 2)
      }
    }
  }

  private static func isNull(_ bytes: borrowing Span<UInt8>, _ nulls: [[UInt8]]) -> Bool {
    for null in nulls where null.count == bytes.count {
      var index = 0
      while index < null.count, null[index] == bytes[index] { index += 1 }
      if index == null.count { return true }
    }
    return false
  }

  /// The names of the columns; one without a name is called after its place.
  private func names(_ reader: CSVReader) throws(CSVProblem) -> [String] {
    guard reader.fields.count <= CSVImport.columnLimit else {
      throw CSVProblem(line: reader.line, "\(reader.fields.count) columns; SQLite has room for 2000")
    }
    var names: [String] = []
    var seen: Set<String> = []
    for (index, field) in reader.fields.enumerated() {
      let text = file.hasHeader ? reader.text(field) : ""
      let name = text.isEmpty ? "column\(index + 1)" : text
      guard seen.insert(name.lowercased()).inserted else {
        throw CSVProblem(line: reader.line, "two columns are called \"\(name)\" (capitals do not count)")
      }
      names.append(name)
    }
    return names
  }
}
