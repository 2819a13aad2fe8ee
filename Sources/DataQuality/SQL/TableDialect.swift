package import PlanModel

/// The SQL of one kind of database, as far as table checks need it.
///
/// Values stand in it as quoted literals, names as quoted names; nothing in either is read as SQL. Conditions are true
/// for bad rows, and never true where the column has no value but for `isMissing`.
package protocol TableDialect: Sendable {
  /// The column with this name.
  func column(_ name: String, in columns: [TableColumn]) -> TableColumn?

  /// A column whose values come back as what they are.
  func value(_ column: TableColumn) -> TableSelection
  /// What values of a column are sorted by, and which of them are one and the same in a profile.
  func order(_ column: TableColumn) -> String
  /// What is equal for equal values, in the sense of `unique`.
  func key(_ column: TableColumn) -> String
  /// The largest value.
  func newest(_ column: TableColumn) -> TableSelection

  func isNoneOf(_ column: TableColumn, _ values: [Value]) -> String
  /// - Parameter min: nil: there is no such bound; the same for `max`.
  func isOutside(_ column: TableColumn, _ min: Value?, _ max: Value?) -> String
  /// Nil if there can be no value of another type.
  func isNot(_ type: TableExpectation.Column.ValueType, _ column: TableColumn) -> String?
  /// - Parameters:
  ///   - table: that of the column.
  ///   - target: the table that is referred to.
  func hasNoTarget(_ column: TableColumn, of table: TableName, in target: TableName, key: TableColumn) -> String
  /// Whether references are counted by a query of their own, as they are a join.
  var joinsReferences: Bool { get }
}

extension TableDialect {
  /// A name in double quotes, whatever it holds.
  func quoted(_ name: String) -> String { SQLDialect.sqlite.quoted(name) }
  func quoted(_ column: TableColumn) -> String { quoted(column.name) }
  func quoted(_ table: TableName) -> String { SQLDialect.sqlite.quoted(table) }

  func isMissing(_ column: TableColumn) -> String { "\(quoted(column)) IS NULL" }
  func isThere(_ column: TableColumn) -> String { "\(quoted(column)) IS NOT NULL" }

  /// How many rows have a value.
  func values(_ column: TableColumn) -> TableSelection { TableSelection("count(\(quoted(column)))", .integer) }
}
