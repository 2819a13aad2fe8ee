package import SourceText

/// Where the rows of a table check come from.
package enum TableSource: Hashable, Sendable {
  case database(Database, TableName)
  case csv(CSVFile)

  /// What the table is called in output and in the SQL of its checks.
  package var name: String {
    switch self {
    case .database(_, let table): table.text
    case .csv(let file): file.tableName
    }
  }
}

/// The name of a table, with its schema where there is one.
package struct TableName: Hashable, Sendable {
  /// `[table]` or `[schema, table]`, without quotes.
  package var parts: [String]
  package var range: SourceRange

  package init(_ parts: [String], _ range: SourceRange = .fileStart) {
    self.parts = parts
    self.range = range
  }

  /// As people write it.
  package var text: String { parts.joined(separator: ".") }

  package var schema: String? { parts.count > 1 ? parts[0] : nil }
  package var table: String { parts.last ?? "" }
}

/// A file of records in RFC 4180's format, and how it departs from it.
package struct CSVFile: Hashable, Sendable {
  package var path: PathPattern
  /// What the table is called in SQL; nil: as the file, without its ending.
  package var name: String?
  package var delimiter: UInt8
  /// Whether the first record names the columns.
  package var hasHeader: Bool
  /// Fields without quotes that stand for no value.
  package var nulls: [String]

  package init(
    path: PathPattern, name: String? = nil, delimiter: UInt8 = 0x2C, hasHeader: Bool = true, nulls: [String] = [""]
  ) {
    self.path = path
    self.name = name
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.nulls = nulls
  }

  package var tableName: String { name ?? CSVFile.stem(of: path) }

  /// The name of a file without its ending.
  package static func stem(of path: PathPattern) -> String {
    let name = PathName.name(path.text)
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
