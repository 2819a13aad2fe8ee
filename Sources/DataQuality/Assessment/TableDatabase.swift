package import PlanModel

/// A database that is asked about one table; it only reads.
package protocol TableDatabase {
  var dialect: SQLDialect { get }
  /// The columns of a table or view in their order; nil if there is no such table.
  func columns(of table: TableName) throws -> [String]?
  /// The names of the tables that there are, for a message.
  func tables() throws -> [String]
  /// All rows of a query that gives few.
  func rows(_ query: TableQuery) throws -> [[Value]]
  /// The first rows of a query, and how many there are in all.
  func rows(_ query: TableQuery, limit: Int) throws -> (columns: [String], first: [[Value]], count: Int)
  /// Calls the body with each distinct value of a column, in order, and how often it is there; no value is left out.
  func eachValue(_ query: TableQuery, _ body: (Value, Int) -> Void) throws
  /// The name of the line on which a row begins, for a table that came from a file.
  var lineColumn: String? { get }
}

/// A query with values for `?1`, `?2` and so on.
package struct TableQuery: Hashable, Sendable {
  package var sql: String
  package var parameters: [Value]

  package init(_ sql: String, _ parameters: [Value] = []) {
    self.sql = sql
    self.parameters = parameters
  }
}

/// Why a table cannot be looked at.
package struct TableProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
