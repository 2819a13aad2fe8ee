internal import CSQLite

/// One prepared statement; after its connection has gone it still can be freed, and used.
@safe package final class Statement {
  private var pointer: OpaquePointer?
  /// The text of this statement alone.
  package let sql: String
  /// Where the statement begins in the script that it came from, in UTF-8 bytes.
  package let offset: Int
  /// Called when a step failed, so that the cache lets go of the statement.
  var onFailure: (() -> Void)?

  private static let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  init(_ pointer: OpaquePointer, sql: String, offset: Int) {
    unsafe self.pointer = pointer
    self.sql = sql
    self.offset = offset
  }

  deinit { finalize() }

  func finalize() {
    unsafe sqlite3_finalize(pointer)
    unsafe pointer = nil
  }

  // MARK: What it is

  package var columnCount: Int { Int(unsafe sqlite3_column_count(pointer)) }

  package var columnNames: [String] {
    (0..<Int32(columnCount)).map { column in
      unsafe sqlite3_column_name(pointer, column).map { unsafe String(cString: $0) } ?? ""
    }
  }

  package var parameterCount: Int { Int(unsafe sqlite3_bind_parameter_count(pointer)) }

  /// `:name`, `@name`, `$name` or `?7` of the parameter with a number from 1; nil for a plain `?`.
  package func parameterName(_ index: Int) -> String? {
    guard let index = Int32(exactly: index) else { return nil }
    return unsafe sqlite3_bind_parameter_name(pointer, index).map { unsafe String(cString: $0) }
  }

  /// The number of a named parameter, its prefix included; nil if there is none.
  package func parameterIndex(_ name: String) -> Int? {
    let index = unsafe sqlite3_bind_parameter_index(pointer, name)
    return index > 0 ? Int(index) : nil
  }

  /// Whether it changes nothing in the database by itself.
  package var isReadOnly: Bool { unsafe sqlite3_stmt_readonly(pointer) != 0 }

  /// Whether it has been stepped and neither ended nor been reset.
  package var isBusy: Bool { unsafe sqlite3_stmt_busy(pointer) != 0 }

  // MARK: Binding

  /// Resets the statement and binds `?1`, `?2`, …; parameters without a value are null.
  package func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
    reset()
    unsafe sqlite3_clear_bindings(pointer)
    for (index, value) in values.enumerated() { try bind(value, at: index + 1) }
  }

  /// Binds the parameter with a number from 1. SQLite takes its own copy of the value.
  package func bind(_ value: SQLiteValue, at index: Int) throws(SQLiteError) {
    guard let index = Int32(exactly: index) else { throw failure(SQLITE_RANGE) }
    let code: Int32
    switch value {
    case .null:
      code = unsafe sqlite3_bind_null(pointer, index)
    case .integer(let value):
      code = unsafe sqlite3_bind_int64(pointer, index, value)
    case .real(let value):
      code = unsafe sqlite3_bind_double(pointer, index, value)
    case .text(var value):
      code = value.withUTF8 { bytes in
        // An empty buffer may have no address, which SQLite would take for null.
        guard let base = bytes.baseAddress else { return unsafe sqlite3_bind_text(pointer, index, "", 0, nil) }
        return unsafe base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { base in
          unsafe sqlite3_bind_text64(
            pointer, index, base, UInt64(bytes.count), unsafe Statement.transient, UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let value):
      code = unsafe value.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress, unsafe !bytes.isEmpty else {
          return unsafe sqlite3_bind_zeroblob(pointer, index, 0)
        }
        return unsafe sqlite3_bind_blob64(pointer, index, base, UInt64(bytes.count), unsafe Statement.transient)
      }
    }
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Binds text without making a `String` of it. SQLite takes its own copy.
  package func bind(utf8 bytes: borrowing Span<UInt8>, at index: Int) throws(SQLiteError) {
    guard let index = Int32(exactly: index) else { throw failure(SQLITE_RANGE) }
    let code = unsafe bytes.withUnsafeBufferPointer { buffer in
      // An empty buffer may have no address, which SQLite would take for null.
      guard let base = buffer.baseAddress else { return unsafe sqlite3_bind_text(pointer, index, "", 0, nil) }
      return unsafe base.withMemoryRebound(to: CChar.self, capacity: buffer.count) { base in
        unsafe sqlite3_bind_text64(
          pointer, index, base, UInt64(buffer.count), unsafe Statement.transient, UInt8(SQLITE_UTF8))
      }
    }
    guard code == SQLITE_OK else { throw failure(code) }
  }

  // MARK: Stepping

  /// Goes to the next row; false at the end, and the statement is then reset.
  package func step() throws(SQLiteError) -> Bool {
    let code = unsafe sqlite3_step(pointer)
    switch code {
    case SQLITE_ROW:
      return true
    case SQLITE_DONE:
      reset()
      return false
    default:
      let failure = failure(code)
      reset()
      onFailure?()
      throw failure
    }
  }

  /// Gives up what it holds, so that locks end; bindings stay.
  package func reset() {
    unsafe sqlite3_reset(pointer)
  }

  // MARK: Columns of the row

  package var row: [SQLiteValue] { (0..<columnCount).map { self[$0] } }

  /// The value of a column from 0; null outside the row.
  package subscript(column: Int) -> SQLiteValue {
    guard let column = Int32(exactly: column) else { return .null }
    switch unsafe sqlite3_column_type(pointer, column) {
    case SQLITE_INTEGER: return .integer(unsafe sqlite3_column_int64(pointer, column))
    case SQLITE_FLOAT: return .real(unsafe sqlite3_column_double(pointer, column))
    case SQLITE_TEXT: return .text(text(column))
    case SQLITE_BLOB: return .blob(blob(column))
    default: return .null
    }
  }

  /// The column as a whole number, converted as SQLite does; nil for null.
  package func int64(_ column: Int32) -> Int64? {
    isNull(column) ? nil : unsafe sqlite3_column_int64(pointer, column)
  }

  /// The column as text, converted as SQLite does; nil for null.
  package func string(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  package func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(pointer, column) == SQLITE_NULL }

  private func text(_ column: Int32) -> String {
    // The address first: asking for it may convert the value and so change its length.
    guard let base = unsafe sqlite3_column_text(pointer, column) else { return "" }
    let count = Int(unsafe sqlite3_column_bytes(pointer, column))
    return unsafe String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self)
  }

  private func blob(_ column: Int32) -> [UInt8] {
    guard let base = unsafe sqlite3_column_blob(pointer, column) else { return [] }
    let count = Int(unsafe sqlite3_column_bytes(pointer, column))
    return unsafe [UInt8](UnsafeRawBufferPointer(start: base, count: count))
  }

  private func failure(_ code: Int32) -> SQLiteError {
    let database = unsafe sqlite3_db_handle(pointer)
    let message = unsafe sqlite3_errmsg(database).map { unsafe String(cString: $0) } ?? "unknown error"
    return SQLiteError(code: code, message: message, sql: sql, offset: offset)
  }
}
