internal import FaultPoints
internal import PlanModel
internal import SQLite
internal import Synchronization

/// The journal on disk: every write transaction is synced before `commit` returns.
///
/// One writing connection a process. Every transaction and every WAL checkpoint of any process runs under
/// the exclusive lock `locks/write`, because SQLite before 3.51.3 can corrupt a WAL database when two
/// connections write and checkpoint at the same instant (sqlite.org/wal.html#walresetbug).
///
/// Unchecked for `Sendable`: everything that changes is touched only inside `turn` or `ids`.
package final class Journal: JournalStore, @unchecked Sendable {
  package let state: StateDirectory
  /// Random, made with the journal.
  package let uuid: String
  /// False where the file system cannot share memory: commits then cost more, and readers wait for them.
  package let usesWriteAheadLog: Bool

  private let turn = Mutex(())
  private let writeLock: FileLock
  private let lockTimeout: Duration
  private let identity: FileIdentity
  private let log: LogSize
  private var connection: Connection?
  /// The first error after which nothing may be written: what a failed sync left on the disk is unknown.
  private var failure: JournalError?
  /// Apart from `turn`: a commit that waits for the disk does not keep the scheduler from claiming.
  private let ids = Mutex(ReservedIDs())

  /// 4 MiB of pages of 4 KiB: the log stays small, and syncing the database stays rare.
  private static let checkpointPages = 1024

  /// Opens the journal of a state directory for writing, making or migrating it as needed.
  ///
  /// A migration needs `StateLock.exclusive`, so open the journal before taking the shared lock.
  /// - Throws: `newer` for the journal of a newer execplan, `damaged` for a file that is no journal.
  package convenience init(_ state: StateDirectory, lockTimeout: Duration = .seconds(30)) throws(JournalError) {
    try self.init(state, lockTimeout: lockTimeout, migrations: Schema.migrations)
  }

  /// With formats of the caller's own, for tests of migrations to come, and as on a file system that
  /// cannot share memory.
  package init(
    _ state: StateDirectory, lockTimeout: Duration, migrations: [String], sharesMemory: Bool = true
  ) throws(JournalError) {
    try state.create()
    self.state = state
    self.lockTimeout = lockTimeout
    let path = state.journal
    let writeLock = try FileLock(path: state.locks + "/write")
    self.writeLock = writeLock
    guard try writeLock.lock(.exclusive, timeout: lockTimeout) else { throw Journal.busy }
    defer { writeLock.unlock() }
    try state.requireNoRepair()
    try Journal.makeFile(path)
    do {
      let connection = try Connection(path: path, access: .readWrite)
      try connection.distrustSchema()
      let version = try Schema.version(of: connection, known: migrations.count)
      if version == 0 { try state.requireUnused() }
      usesWriteAheadLog = try connection.configure(sharesMemory ? .writeAheadLog : .rollbackJournal) == .writeAheadLog
      if version < migrations.count {
        try Journal.migrate(connection, from: version, migrations, state)
      }
      try connection.run(
        "INSERT INTO meta VALUES ('uuid', lower(hex(randomblob(16)))) ON CONFLICT DO NOTHING")
      guard case .text(let uuid) = try connection.value("SELECT value FROM meta WHERE key = 'uuid'") else {
        throw JournalError.damaged("the journal has no uuid")
      }
      self.uuid = uuid
      let log = LogSize()
      connection.setCommitHandler { log.pages = $0 }
      self.log = log
      self.connection = connection
    } catch {
      throw JournalError(error)
    }
    guard let identity = FileIdentity(path: path) else { throw .gone(path) }
    self.identity = identity
    try syncFolder(state.path)
  }

  deinit { try? close() }

  // MARK: Ids

  /// Reserves a leg and attempts in the same transaction: starting costs one sync, not three.
  package func nextRunID() throws(JournalError) -> Int64 {
    try exclusively { connection in
      let missing = ids.withLock { $0.missing(legs: 1) }
      let (run, taken) = try connection.transaction {
        (
          try ReservedIDs.take(1, of: "run", connection).lowerBound, try ReservedIDs.take(missing, connection)
        )
      }
      faultPoint(.numbersReserved)
      ids.withLock { $0.add(taken) }
      return run
    }
  }

  package func nextLegID() throws(JournalError) -> Int64 {
    try next { $0.takeLeg() }
  }

  /// Mostly free, and never waits for a commit under way: `commit` reserves more while some are left.
  package func nextAttemptID() throws(JournalError) -> Int64 {
    try next { $0.takeAttempt() }
  }

  private func next(_ take: (inout ReservedIDs) -> Int64?) throws(JournalError) -> Int64 {
    if let id = ids.withLock({ take(&$0) }) { return id }
    return try exclusively { connection in
      // Another thread may have reserved some meanwhile.
      if let id = ids.withLock({ take(&$0) }) { return id }
      let missing = ids.withLock { $0.missing(legs: 1) }
      let taken = try connection.transaction { try ReservedIDs.take(missing, connection) }
      let id = ids.withLock { ids in
        ids.add(taken)
        return take(&ids)
      }
      guard let id else { throw JournalError.busy("ids are used faster than they are reserved; try again") }
      return id
    }
  }

  // MARK: Writing

  @discardableResult
  package func commit(_ writes: [JournalWrite]) throws(JournalError) -> [Int64] {
    if writes.isEmpty { return [] }
    return try exclusively { connection in
      let missing = ids.withLock { $0.runsLow ? $0.missing(legs: 0) : (0, 0) }
      var sequences: [Int64] = []
      try journalFault(.before, writes)
      let taken = try connection.transaction {
        for write in writes {
          if let sequence = try JournalWriter.apply(write, connection) { sequences.append(sequence) }
        }
        try journalFault(.inside, writes)
        return try ReservedIDs.take(missing, connection)
      }
      try journalFault(.after, writes)
      ids.withLock { $0.add(taken) }
      return sequences
    }
  }

  /// The path must still lead to the file that is written, and the write lock's to its file: `git clean`
  /// takes them away, and commits would go on succeeding into nowhere.
  ///
  /// To be asked at least once a second, and before an end is reported; `commit` asks by itself.
  package func verifyIdentity() throws(JournalError) {
    guard FileIdentity(path: state.journal) == identity else { throw .gone(state.journal) }
    guard writeLock.isCurrent else { throw .gone(writeLock.path) }
  }

  /// Copies the log into the database and closes it; writes and reads fail from then on.
  package func close() throws(JournalError) {
    try inTurn { () throws(JournalError) in
      guard connection != nil else { return }
      // SQLite checkpoints by itself when the last connection closes; that, too, belongs under the lock.
      let isLocked = try writeLock.lock(.exclusive, timeout: lockTimeout)
      defer { if isLocked { writeLock.unlock() } }
      defer { connection = nil }
      guard failure == nil, usesWriteAheadLog else { return }
      do {
        try verifyIdentity()
        try journalFault(.journalClosing)
        // A reader in the way is no fault: the log stays, and is valid.
        _ = try connection?.checkpoint(truncate: true)
        connection = nil
        faultPoint(.journalClosed)
      } catch {
        throw JournalError(error)
      }
    }
  }

  package func read<T>(_ body: (any JournalReading) throws(JournalError) -> T) throws(JournalError) -> T {
    try inTurn { () throws(JournalError) in
      guard let connection else { throw .io("the journal is closed") }
      do {
        return try connection.snapshot { try body(JournalQueries(connection: connection)) }
      } catch {
        throw JournalError(error)
      }
    }
  }

  /// Keeps other threads of this process out.
  private func inTurn<T>(_ body: () throws(JournalError) -> T) throws(JournalError) -> T {
    try turn.withLock { _ throws(JournalError) in
      // The caller's own closure made it, on the caller's thread: it goes nowhere else.
      nonisolated(unsafe) let result = try body()
      return unsafe result
    }
  }

  /// Asks whether the journal knows every attempt that was started: if not, its log was cut off or changed.
  package func requireLaunchesKnown() throws(JournalError) {
    try inTurn { () throws(JournalError) in
      guard let connection else { throw .io("the journal is closed") }
      do {
        let lost = try LostLaunches(state).find { id throws in
          try connection.value("SELECT 1 FROM attempts WHERE id = ?1", .integer(id)) != nil
        }
        if let first = lost.first { throw JournalError.damaged(LostLaunches.text(first)) }
      } catch {
        throw JournalError(error)
      }
    }
  }

  /// Runs the body under the turn of this process and the lock of all.
  func exclusively<T>(_ body: (Connection) throws -> T) throws(JournalError) -> T {
    try inTurn { () throws(JournalError) in
      if let failure { throw failure }
      guard let connection else { throw .io("the journal is closed") }
      guard try writeLock.lock(.exclusive, timeout: lockTimeout) else { throw Journal.busy }
      defer { writeLock.unlock() }
      do {
        try verifyIdentity()
        let result = try body(connection)
        checkpointIfDue(connection)
        return result
      } catch {
        let known = JournalError(error)
        if isFinal(error) { failure = known }
        throw known
      }
    }
  }

  /// A failure counts for the next write: what was just committed is durable.
  private func checkpointIfDue(_ connection: Connection) {
    guard log.pages >= log.nextCheckpoint else { return }
    do {
      try journalFault(.checkpointBegun)
      let isWhole = try connection.checkpoint(truncate: false)
      // A reader holds the rest back: not again at every commit.
      log.nextCheckpoint = isWhole ? Journal.checkpointPages : log.pages + Journal.checkpointPages / 4
      faultPoint(.checkpointMade)
    } catch {
      failure = JournalError(error)
    }
  }

  private func isFinal(_ error: any Error) -> Bool {
    switch error {
    case let error as SQLiteError: error.kind == .io || error.kind == .corrupt || error.kind == .notADatabase
    case JournalError.gone: true
    default: false
    }
  }

  // MARK: Opening

  private static let busy = JournalError.busy("another process keeps the journal's write lock; try again later")

  /// The journal belongs to its owner alone; SQLite gives its other files the same mode.
  private static func makeFile(_ path: String) throws(JournalError) {
    // Never opened by us when it is there: see `OpenFiles`.
    guard FileIdentity(path: path) == nil else { return }
    closeFile(try openPrivate(path, creatingForWriting))
    faultPoint(.journalMade)
  }

  private static func migrate(
    _ connection: Connection, from version: Int, _ migrations: [String], _ state: StateDirectory
  ) throws(JournalError) {
    // A journal that is being made has no users yet.
    if version == 0 { return try Schema.migrate(connection, migrations) }
    guard let lock = try StateLock.exclusive(state, timeout: .seconds(2)) else {
      throw .busy("the journal must be brought to a new format while nothing runs; wait for the live runs to end")
    }
    defer { withExtendedLifetime(lock) {} }
    try Schema.migrate(connection, migrations)
  }

  /// How long the write-ahead log is.
  private final class LogSize {
    var pages = 0
    var nextCheckpoint = Journal.checkpointPages
  }
}
