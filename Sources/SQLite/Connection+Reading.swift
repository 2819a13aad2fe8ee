internal import CSQLite
internal import Glibc

/// Reading a database that somebody else may be writing, without changing a byte beside it.
///
/// SQLite's `mode=ro` alone makes `-wal` and `-shm` files beside a cleanly closed database, and rewrites
/// the `-shm` that a killed writer left. So the way depends on what lies there:
///
/// - `-wal` and `-shm`: `readonly_shm=1`, which builds its own index when no writer is alive.
/// - neither, and the header says write-ahead log: `immutable=1`, and again if a writer came meanwhile.
/// - neither, and a rollback journal is used: `mode=ro`, whose locks change no file.
/// - `-wal` without `-shm`, a `-shm` of an earlier log, or a journal that must be rolled back: a private copy elsewhere.
extension Connection {
  /// Runs the body on a connection that reads one snapshot of the database.
  ///
  /// The body may be called more than once, when the files changed under it; it must do nothing but read.
  ///
  /// - Returns: nil if there is no such file.
  package static func reading<T>(
    _ path: String, busyTimeout: Int32 = 5000, _ body: (Connection) throws -> T
  ) throws -> T? {
    var pause: UInt32 = 1000
    for attempt in 1... {
      // SQLite looks for the other files beside the target of a link.
      guard let path = resolved(path), let before = FileState(path) else { return nil }
      guard before.isRegular else {
        throw SQLiteError(code: SQLITE_CANTOPEN, message: "\"\(path)\" is not a file")
      }
      let isLast = attempt >= readingAttempts
      if let outcome = try read(path, before, busyTimeout, isLast: isLast, body) { return outcome }
      usleep(pause)
      pause = min(pause * 2, 20_000)
    }
    return nil
  }

  /// About half a second: a writer that opens or closes is done long before.
  private static let readingAttempts = 30

  /// One try; nil when the files changed in a way that calls for another.
  private static func read<T>(
    _ path: String, _ before: FileState, _ busyTimeout: Int32, isLast: Bool, _ body: (Connection) throws -> T
  ) throws -> T? {
    let log = FileState(path + "-wal")
    let hasIndex = FileState(path + "-shm") != nil
    // Files that this process writes must not be opened and closed by us.
    let isOurs = OpenFiles.contains(path)
    do {
      if log != nil, hasIndex {
        // SQLite would wait ten seconds for a writer that is dead, and then give up.
        if !isOurs, indexIsOlder(path) { return try copied(path, body) }
        return try snapshot(path, "mode=ro&readonly_shm=1", busyTimeout, body)
      }
      if isOurs { return try snapshot(path, "mode=ro", busyTimeout, body) }
      if let log, log.size > 0 { return try copied(path, body) }
      if try !usesWriteAheadLog(path) { return try snapshot(path, "mode=ro", busyTimeout, body) }
    } catch let error as SQLiteError where error.callsForCopy && !isOurs {
      let mustCopy = isLast || error.mustRollBack || error.code == SQLITE_PROTOCOL
      return mustCopy ? try copied(path, body) : nil
    } catch let error as SQLiteError where error.callsForCopy && !isLast {
      return nil
    }
    // Nobody has it open as far as we see, so whatever comes out counts only if that is still so.
    let outcome = Result { try snapshot(path, "immutable=1", busyTimeout, body) }
    let isUnchanged = FileState(path) == before && (FileState(path + "-wal")?.size ?? 0) == 0
    return isUnchanged || isLast ? try outcome.get() : nil
  }

  private static func snapshot<T>(
    _ path: String, _ options: String, _ busyTimeout: Int32, _ body: (Connection) throws -> T
  ) throws -> T {
    let connection = try Connection(
      name: "file://\(escaped(path))?\(options)", flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
      busyTimeout: busyTimeout, registered: nil)
    try connection.distrustSchema()
    return try connection.snapshot { try body(connection) }
  }

  private static func copied<T>(_ path: String, _ body: (Connection) throws -> T) throws -> T? {
    guard let copy = try PrivateCopy(of: path, suffixes: ["-wal", "-journal"]) else { return nil }
    let connection = try Connection(path: copy.path, access: .readWrite)
    try connection.distrustSchema()
    return try connection.snapshot { try body(connection) }
  }

  /// Runs the body in a transaction that reads: all its queries see one state.
  package func snapshot<T>(_ body: () throws -> T) throws -> T {
    try run("BEGIN")
    defer { if !isAutocommit { try? run("ROLLBACK") } }
    // A fault of opening shows here, before the body.
    _ = try value("SELECT count(*) FROM sqlite_schema")
    return try body()
  }

  /// Whether the index belongs to the log as it was before it was begun anew: its writer was killed between the new
  /// header of the log and its first commit. The salts stand at offset 16 of the log and 32 of the index
  /// (sqlite.org/walformat.html).
  private static func indexIsOlder(_ path: String) -> Bool {
    guard let log = bytes(of: path + "-wal", count: 8, at: 16), let index = bytes(of: path + "-shm", count: 8, at: 32)
    else { return false }
    // An index without content is made anew by whoever reads.
    return log != index && index.contains { $0 != 0 }
  }

  private static func bytes(of path: String, count: Int, at offset: off_t) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: count)
    return unsafe pread(file, &bytes, count, offset) == count ? bytes : nil
  }

  /// Whether the header says "write-ahead log": the read and write versions at offset 18 are 2
  /// (sqlite.org/fileformat2.html, 1.3).
  private static func usesWriteAheadLog(_ path: String) throws(SQLiteError) -> Bool {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw SQLiteError(
        code: SQLITE_CANTOPEN, message: unsafe "cannot read \"\(path)\": \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    var versions: (UInt8, UInt8) = (0, 0)
    return unsafe pread(file, &versions, 2, 18) == 2 && versions == (2, 2)
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// A path within a URI: everything but letters, digits, `-`, `.`, `_`, `~` and `/` as `%XX`.
  private static func escaped(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F: bytes.append(byte)
      default: bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension SQLiteError {
  /// Whether reading in place cannot go on, now or at all: no usable index, or something to recover.
  fileprivate var callsForCopy: Bool {
    switch kind {
    // The plain code is a statement of the body that tries to write.
    case .readOnly: code != SQLITE_READONLY
    case .busy: code == SQLITE_BUSY | 1 << 8  // SQLITE_BUSY_RECOVERY
    case .cannotOpen: true
    default: code == SQLITE_PROTOCOL
    }
  }

  /// `SQLITE_READONLY_ROLLBACK`: a killed writer left a journal to roll back.
  fileprivate var mustRollBack: Bool { code == SQLITE_READONLY | 3 << 8 }
}
