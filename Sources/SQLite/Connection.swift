internal import CSQLite

/// One connection to one SQLite database, used by one thread at a time.
@safe package final class Connection {
  package enum Access: Hashable, Sendable {
    /// Makes the file if it is missing.
    case create
    case readWrite
    /// May still make `-wal` and `-shm` files; `Connection.reading` changes nothing at all.
    case readOnly
  }

  let handle: OpaquePointer
  /// Nil for a database in memory and for connections of the read procedure.
  private let registration: OpenFiles.Registration?
  package let interrupter: Interrupter
  /// Statements by their text, kept prepared.
  private var cache: [String: Statement] = [:]
  private var progressHandler: HandlerBox<() -> Bool>?
  private var commitHandler: HandlerBox<(Int) -> Void>?

  /// Enough for every statement of the journal; a caller that makes texts up cannot fill the memory.
  private static let cacheLimit = 96

  /// Opens a database file.
  ///
  /// - Parameter busyTimeout: how long a statement waits for a lock of another connection, in milliseconds.
  package convenience init(path: String, access: Access, busyTimeout: Int32 = 5000) throws(SQLiteError) {
    let flags =
      switch access {
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .readWrite: SQLITE_OPEN_READWRITE
      case .readOnly: SQLITE_OPEN_READONLY
      }
    // A relative name such as ":memory:" or "file:x" is a file like any other.
    let name = path.hasPrefix("/") ? path : "./" + path
    try self.init(name: name, flags: flags, busyTimeout: busyTimeout, registered: path)
  }

  /// A private database that lives as long as the connection.
  package static func inMemory() throws(SQLiteError) -> Connection {
    try Connection(
      name: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, busyTimeout: 0, registered: nil)
  }

  /// A private database that keeps a part of itself in a file without a name, and goes with the connection.
  ///
  /// - Parameter cache: how many KiB of it stay in memory.
  package static func temporary(cache: Int) throws(SQLiteError) -> Connection {
    // "" names such a database (sqlite.org/inmemorydb.html).
    let connection = try Connection(
      name: "", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, busyTimeout: 0, registered: nil)
    try connection.run("PRAGMA cache_size=-\(cache)")
    try connection.run("PRAGMA journal_mode=OFF")
    try connection.run("PRAGMA synchronous=OFF")
    return connection
  }

  init(name: String, flags: Int32, busyTimeout: Int32, registered path: String?) throws(SQLiteError) {
    guard !name.utf8.contains(0) else {
      throw SQLiteError(code: SQLITE_CANTOPEN, message: "the path of a database cannot hold a NUL byte")
    }
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(
      name, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let handle = unsafe opened else {
      let message = unsafe opened.map { unsafe Connection.message(of: $0) } ?? "out of memory"
      unsafe sqlite3_close_v2(opened)
      throw SQLiteError(code: code, message: message)
    }
    unsafe self.handle = handle
    registration = path.flatMap { OpenFiles.register($0) }
    interrupter = unsafe Interrupter(handle)
    unsafe sqlite3_busy_timeout(handle, busyTimeout)
  }

  deinit {
    interrupter.invalidate()
    for statement in cache.values { statement.finalize() }
    // A statement that somebody still holds keeps the handle alive as a zombie; close_v2 allows that.
    unsafe sqlite3_close_v2(handle)
    registration.map { OpenFiles.unregister($0) }
  }

  /// The version of the library that is linked, `3.40.1`.
  package static var libraryVersion: String { unsafe String(cString: sqlite3_libversion()) }

  /// Whether no transaction is open: false between BEGIN and COMMIT or ROLLBACK.
  package var isAutocommit: Bool { unsafe sqlite3_get_autocommit(handle) != 0 }

  /// Rows that the last INSERT, UPDATE or DELETE changed.
  package var changes: Int { Int(unsafe sqlite3_changes64(handle)) }

  package var lastInsertedRowID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  // MARK: Statements

  /// Prepares one statement; text after it other than blanks and comments is an error.
  package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    var script = try script(sql)
    guard let statement = try script.next() else {
      throw SQLiteError(code: SQLITE_MISUSE, message: "there is no statement in the text", sql: sql)
    }
    let end = script.offset
    if try script.next() != nil {
      throw SQLiteError(code: SQLITE_MISUSE, message: "there is more than one statement", sql: sql, offset: end)
    }
    return statement
  }

  /// A statement that is prepared once and kept; one that is being stepped is not handed out again.
  package func cached(_ sql: String) throws(SQLiteError) -> Statement {
    if let kept = cache[sql] {
      if !kept.isBusy { return kept }
      return try prepare(sql)
    }
    let statement = try prepare(sql)
    if cache.count >= Connection.cacheLimit { cache.removeAll(keepingCapacity: true) }
    cache[sql] = statement
    statement.onFailure = { [weak self] in self?.cache[sql] = nil }
    return statement
  }

  /// Runs a statement to its end with values for `?1`, `?2`, …
  package func run(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) {
    let statement = try cached(sql)
    try statement.bind(values)
    while try statement.step() {}
  }

  /// All rows that a statement gives.
  package func rows(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> [[SQLiteValue]] {
    let statement = try cached(sql)
    try statement.bind(values)
    var rows: [[SQLiteValue]] = []
    while try statement.step() { rows.append(statement.row) }
    return rows
  }

  /// The first column of the first row; nil if there is no row.
  package func value(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> SQLiteValue? {
    let statement = try cached(sql)
    try statement.bind(values)
    defer { statement.reset() }
    return try statement.step() ? statement[0] : nil
  }

  // MARK: Transactions

  /// Runs the body between BEGIN IMMEDIATE and COMMIT; an error rolls everything back.
  ///
  /// Immediate, because a deferred transaction that has read cannot wait for the write lock.
  package func transaction<T>(_ body: () throws -> T) throws -> T {
    try run("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try run("COMMIT")
      return result
    } catch {
      // Some errors (disk full, I/O) have rolled back already.
      if !isAutocommit { try? run("ROLLBACK") }
      throw error
    }
  }

  /// Copies committed pages from the WAL into the database.
  ///
  /// - Returns: whether the whole WAL was copied; a reader or another writer can hold some of it.
  package func checkpoint(truncate: Bool) throws(SQLiteError) -> Bool {
    var log: Int32 = -1
    var done: Int32 = -1
    let code = unsafe sqlite3_wal_checkpoint_v2(
      handle, nil, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &log, &done)
    if code & 0xFF == SQLITE_BUSY { return false }
    guard code == SQLITE_OK else { throw error(code) }
    return log == done
  }

  /// Copies the whole content of this database over that of another connection.
  package func copy(into other: Connection) throws(SQLiteError) {
    guard let backup = unsafe sqlite3_backup_init(other.handle, "main", handle, "main") else {
      throw other.error(unsafe sqlite3_extended_errcode(other.handle))
    }
    let stepped = unsafe sqlite3_backup_step(backup, -1)
    let code = unsafe sqlite3_backup_finish(backup)
    guard stepped == SQLITE_DONE, code == SQLITE_OK else { throw other.error(code == SQLITE_OK ? stepped : code) }
  }

  /// The first bytes of the database as it would be written to a file.
  package func serialized(limit: Int) throws(SQLiteError) -> [UInt8] {
    var size: sqlite3_int64 = 0
    guard let bytes = unsafe sqlite3_serialize(handle, "main", &size, 0) else {
      throw SQLiteError(code: SQLITE_NOMEM, message: "the database cannot be written out")
    }
    defer { unsafe sqlite3_free(bytes) }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: min(limit, Int(size))))
  }

  // MARK: Handlers

  /// Calls the handler about every `steps` instructions of SQLite's machine; true stops the statement.
  package func setProgressHandler(every steps: Int32, _ handler: (() -> Bool)?) {
    progressHandler = handler.map { HandlerBox($0) }
    guard let progressHandler else {
      unsafe sqlite3_progress_handler(handle, 0, nil, nil)
      return
    }
    unsafe sqlite3_progress_handler(
      handle, steps,
      { context in
        guard let context = unsafe context else { return 0 }
        let box = unsafe Unmanaged<HandlerBox<() -> Bool>>.fromOpaque(context).takeUnretainedValue()
        return box.handler() ? 1 : 0
      }, Unmanaged.passUnretained(progressHandler).toOpaque())
  }

  /// Calls the handler after each commit with the number of pages in the WAL; switches SQLite's own
  /// automatic checkpoints off.
  package func setCommitHandler(_ handler: @escaping (Int) -> Void) {
    let box = HandlerBox(handler)
    commitHandler = box
    unsafe sqlite3_wal_hook(
      handle,
      { context, _, _, pages in
        guard let context = unsafe context else { return SQLITE_OK }
        let box = unsafe Unmanaged<HandlerBox<(Int) -> Void>>.fromOpaque(context).takeUnretainedValue()
        box.handler(Int(pages))
        return SQLITE_OK
      }, Unmanaged.passUnretained(box).toOpaque())
  }

  // MARK: Errors

  func error(_ code: Int32, sql: String? = nil, offset: Int? = nil) -> SQLiteError {
    SQLiteError(code: code, message: unsafe Connection.message(of: handle), sql: sql, offset: offset)
  }

  private static func message(of handle: OpaquePointer) -> String {
    unsafe sqlite3_errmsg(handle).map { unsafe String(cString: $0) } ?? "unknown error"
  }
}

/// A closure behind the context pointer of a C callback.
private final class HandlerBox<Handler> {
  let handler: Handler

  init(_ handler: Handler) { self.handler = handler }
}
