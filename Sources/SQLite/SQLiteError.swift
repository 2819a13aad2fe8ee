/// A call of SQLite that failed.
package struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The extended result code.
  package let code: Int32
  package let message: String
  /// The statement, if one was being prepared or run.
  package let sql: String?

  package init(code: Int32, message: String, sql: String? = nil) {
    self.code = code
    self.message = message
    self.sql = sql
  }

  package var description: String {
    sql.map { "\(message) (SQLite \(code)) in \"\($0)\"" } ?? "\(message) (SQLite \(code))"
  }
}
