/// A column of a table, as the table calls it.
package struct TableColumn: Hashable, Sendable {
  package var name: String
  package var type: ColumnType

  package init(_ name: String, _ type: ColumnType = .any) {
    self.name = name
    self.type = type
  }
}

/// What a database says of all values of a column.
package enum ColumnType: Hashable, Sendable {
  /// Nothing: each value has a type of its own, and says it.
  case any
  case integer
  /// Decimal fractions of any length.
  case decimal
  /// Binary fractions, of 64 bits or of 32.
  case real
  case single
  case text
  /// What has an order of its own that is neither that of numbers nor that of its text: times, addresses of networks.
  case ordered
  case bytes
  /// What is compared and shown as its text: true and false, arrays, JSON.
  case other
}

/// An expression of SQL, and what its values are.
package struct TableSelection: Hashable, Sendable {
  package var sql: String
  package var type: ColumnType

  package init(_ sql: String, _ type: ColumnType) {
    self.sql = sql
    self.type = type
  }

  /// How many rows there are.
  package static let rows = TableSelection("count(*)", .integer)
}
