internal import SQLite

/// Reads a journal without changing a byte on disk: no lock, no migration, no file beside it.
///
/// A running state in it may be that of a killed process: whether it lives, `PlanLock.status` tells.
package struct JournalReader: Sendable {
  private let state: StateDirectory
  private let migrations: [String]

  package init(_ state: StateDirectory) {
    self.init(state, migrations: Schema.migrations)
  }

  package init(_ state: StateDirectory, migrations: [String]) {
    self.state = state
    self.migrations = migrations
  }

  /// Reads from one consistent state; without a journal, from an empty one.
  ///
  /// The body may be called more than once, when a writer came between: it must do nothing but read.
  package func read<T>(_ body: (any JournalReading) throws(JournalError) -> T) throws(JournalError) -> T {
    try readConnection { connection throws(JournalError) in try body(JournalQueries(connection: connection)) }
  }

  func readConnection<T>(_ body: (Connection) throws -> T) throws(JournalError) -> T {
    do {
      try state.requireNoRepair()
      let outcome = try Connection.reading(state.journal) { connection in
        let version = try Schema.version(of: connection, known: migrations.count)
        if version == 0 { try state.requireUnused() }
        if version == migrations.count { return try body(connection) }
        // An older journal is brought to the present format in memory, so that there is one way to read.
        let present = try Connection.inMemory()
        try connection.copy(into: present)
        try Schema.migrate(present, migrations)
        return try body(present)
      }
      if let outcome { return outcome }
      try state.requireUnused()
      let empty = try Connection.inMemory()
      try Schema.migrate(empty, migrations)
      return try body(empty)
    } catch {
      throw JournalError(error)
    }
  }
}
