internal import CSQLite

/// The statements of a text, prepared one after another.
///
/// Each is prepared only when it is asked for, because it may name a table that the one before makes:
/// run a statement to its end before asking for the next.
package struct Script {
  private let connection: Connection
  /// Ends with a NUL: SQLite copies a text that does not, all that is left of it for each statement.
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String, connection: Connection) throws(SQLiteError) {
    self.connection = connection
    var bytes = Array(text.utf8)
    if let nul = bytes.firstIndex(of: 0) {
      // SQLite would stop reading there and say nothing of the rest.
      throw SQLiteError(code: SQLITE_ERROR, message: "the text holds a NUL byte", offset: nul)
    }
    guard bytes.count < Int(Int32.max) else { throw SQLiteError(code: SQLITE_TOOBIG, message: "the text is too long") }
    bytes.append(0)
    self.bytes = bytes
  }

  /// Where the next statement is looked for, in UTF-8 bytes.
  package var offset: Int { position }

  /// The next statement; nil when only blanks and comments are left.
  ///
  /// - Throws: an error with the offset of the fault, and the text from the statement's start.
  package mutating func next() throws(SQLiteError) -> Statement? {
    while position < bytes.count - 1 {
      skipBlanks()
      let start = position
      var statement: OpaquePointer?
      var length = 0
      let code = unsafe bytes.withUnsafeBufferPointer { buffer -> Int32 in
        guard let base = buffer.baseAddress else { return SQLITE_MISUSE }
        return unsafe base.withMemoryRebound(to: CChar.self, capacity: buffer.count) { base in
          var tail: UnsafePointer<CChar>?
          let code = unsafe sqlite3_prepare_v2(
            connection.handle, base + start, Int32(buffer.count - start), &statement, &tail)
          unsafe length = tail.map { unsafe $0 - (base + start) } ?? 0
          return code
        }
      }
      guard code == SQLITE_OK else {
        let fault = Int(unsafe sqlite3_error_offset(connection.handle))
        throw connection.error(code, sql: excerpt(from: start), offset: start + max(fault, 0))
      }
      position = start + length
      if let statement = unsafe statement {
        return unsafe Statement(
          statement, sql: String(decoding: bytes[start..<position], as: UTF8.self), offset: start)
      }
      if length == 0 { return nil }
    }
    return nil
  }

  /// Blanks and semicolons without a statement.
  private mutating func skipBlanks() {
    while position < bytes.count - 1, [0x20, 0x09, 0x0A, 0x0D, 0x0C, 0x3B].contains(bytes[position]) { position += 1 }
  }

  /// Enough of the text to know the statement by, cut at the end of a character.
  private func excerpt(from start: Int) -> String {
    var end = min(start + 500, bytes.count - 1)
    while end > start, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}

extension Connection {
  /// The statements of a text, in order.
  package func script(_ text: String) throws(SQLiteError) -> Script {
    try Script(text, connection: self)
  }

  /// Runs all statements of a text and drops the rows that they give.
  package func runScript(_ text: String) throws(SQLiteError) {
    var script = try script(text)
    while let statement = try script.next() {
      while try statement.step() {}
    }
  }
}
