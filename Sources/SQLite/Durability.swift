/// How a connection writes, set in one place and read back.
package enum Durability: Hashable, Sendable {
  /// Write-ahead log, synced at every commit; checkpoints only when the caller makes them.
  case writeAheadLog
  /// Rollback journal, synced at every commit with its folder: without that a power loss can bring the
  /// journal file back and undo the last commit.
  case rollbackJournal
  /// The database's own journal mode, synced at every commit: for databases that are not ours.
  case asFound
}

extension Connection {
  /// Sets the pragmas for durable writing and checks that SQLite took them.
  ///
  /// - Returns: what was had: `rollbackJournal` where a write-ahead log was asked for and the file system
  ///   cannot share memory.
  package func configure(_ wanted: Durability) throws(SQLiteError) -> Durability {
    var durability = wanted
    if wanted == .writeAheadLog {
      do {
        if try value("PRAGMA journal_mode=WAL") != .text("wal") { durability = .rollbackJournal }
      } catch  where error.kind == .cannotOpen || error.kind == .io {
        // Some file systems refuse the shared memory with an error rather than the answer "delete".
        durability = .rollbackJournal
      }
    }
    if durability == .rollbackJournal {
      try set("journal_mode", "DELETE", reads: .text("delete"))
    }
    switch durability {
    case .rollbackJournal: try set("synchronous", "EXTRA", reads: .integer(3))
    case .writeAheadLog, .asFound: try set("synchronous", "FULL", reads: .integer(2))
    }
    if durability == .writeAheadLog { try set("wal_autocheckpoint", "0", reads: .integer(0)) }
    // Off by default in SQLite: in a database of others, that is how its other programs see it.
    if durability != .asFound { try set("foreign_keys", "ON", reads: .integer(1)) }
    return durability
  }

  /// Makes functions and tables with side effects unusable from the schema of a file that others wrote.
  package func distrustSchema() throws(SQLiteError) {
    try set("trusted_schema", "OFF", reads: .integer(0))
    try set("cell_size_check", "ON", reads: .integer(1))
  }

  private func set(_ pragma: String, _ value: String, reads expected: SQLiteValue) throws(SQLiteError) {
    try run("PRAGMA \(pragma)=\(value)")
    let found = try self.value("PRAGMA \(pragma)")
    guard found == expected else {
      throw SQLiteError(
        code: SQLiteError.Kind.error.rawValue, message: "SQLite did not take PRAGMA \(pragma)=\(value)")
    }
  }
}
