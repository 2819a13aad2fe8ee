package import PlanModel

/// A database that is asked about one table; it only reads, and all answers are of one state.
package protocol TableDatabase {
  var dialect: any TableDialect { get }
  /// Where its tables are, for messages: ` in database "shop"`; empty where the plan says it by a path.
  var place: String { get }
  /// The columns of a table or view in their order; nil if there is no such table.
  func columns(of table: TableName) throws -> [TableColumn]?
  /// The names of the tables that there are, for a message.
  func tables() throws -> [String]
  /// All rows of a query that gives few.
  func rows(_ query: TableQuery) throws -> [[Value]]
  /// The first rows of a query of the plan, and how many there are in all.
  func rows(_ query: TableQuery, limit: Int) throws -> (columns: [String], first: [[Value]], count: Int)
  /// Calls the body with each distinct value of a column, in order, and how often it is there; no value is left out.
  func eachValue(_ query: TableQuery, _ body: (Value, Int) -> Void) throws
  /// The name of the line on which a row begins, for a table that came from a file.
  var lineColumn: String? { get }
}

/// A query with values for its parameters.
package struct TableQuery: Hashable, Sendable {
  package var sql: String
  package var parameters: [Value]
  /// What the columns of its rows are; empty for a query of the plan.
  package var types: [ColumnType]

  package init(_ sql: String, _ parameters: [Value] = [], types: [ColumnType] = []) {
    self.sql = sql
    self.parameters = parameters
    self.types = types
  }
}

/// Why a table, or one thing about it, cannot be looked at.
package struct TableProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}

/// Why the database answers nothing any more.
package struct TableLoss: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
