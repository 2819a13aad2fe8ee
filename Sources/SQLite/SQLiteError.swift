/// A call of SQLite that failed.
package struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The extended result code.
  package let code: Int32
  package let message: String
  /// The statement, if one was being prepared or run.
  package let sql: String?
  /// Where in the given text the fault is, in UTF-8 bytes, if SQLite or the script says.
  package let offset: Int?

  package init(code: Int32, message: String, sql: String? = nil, offset: Int? = nil) {
    self.code = code
    self.message = message
    self.sql = sql
    self.offset = offset
  }

  /// The code without its extension: `SQLITE_IOERR` for `SQLITE_IOERR_FSYNC`.
  package var kind: Kind? { Kind(rawValue: code & 0xFF) }

  /// The primary result codes that callers tell apart, with SQLite's numbers.
  package enum Kind: Int32, Hashable, Sendable {
    case error = 1
    case busy = 5
    case locked = 6
    case readOnly = 8
    case interrupted = 9
    case io = 10
    case corrupt = 11
    case full = 13
    case cannotOpen = 14
    case tooBig = 18
    case constraint = 19
    case misuse = 21
    case notADatabase = 26
  }

  package var description: String {
    sql.map { "\(message) (SQLite \(code)) in \"\($0)\"" } ?? "\(message) (SQLite \(code))"
  }
}
