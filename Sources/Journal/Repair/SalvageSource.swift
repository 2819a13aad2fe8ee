internal import Glibc
internal import SQLite

/// A copy of a damaged journal that may be opened for writing, so that SQLite can take its log in.
final class SalvageSource {
  let connection: Connection
  private let path: String

  /// - Parameters:
  ///   - kept: the folder with the old files.
  ///   - firstPage: takes the place of the first page; nil: it is as it is.
  init(kept: String, in state: StateDirectory, firstPage: [UInt8]?) throws {
    path = state.journal + ".salvage"
    SalvageSource.remove(path)
    for suffix in ["", "-wal", "-journal"] where FileIdentity(path: "\(kept)/journal.db\(suffix)") != nil {
      try FileCopy.copy("\(kept)/journal.db\(suffix)", to: path + suffix)
    }
    do {
      if let firstPage { try FirstPage.graft(firstPage, onto: path) }
      connection = try Connection(path: path, access: .readWrite)
      try connection.distrustSchema()
      _ = try connection.value("SELECT count(*) FROM sqlite_schema")
    } catch {
      SalvageSource.remove(path)
      throw error
    }
  }

  deinit { SalvageSource.remove(path) }

  private static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { unsafe unlink(path + suffix) }
  }
}

/// The first page of a journal: its header, and where each table begins.
enum FirstPage {
  /// The page size that SQLite gives a new database, and no journal ever had another.
  private static let size = 4096

  /// That of a journal that was never pruned.
  static func new() throws -> [UInt8] { try page { _ in } }

  /// That of a journal whose pages were put in order.
  static func vacuumed() throws -> [UInt8] { try page { try $0.run("VACUUM") } }

  private static func page(_ change: (Connection) throws -> Void) throws -> [UInt8] {
    let connection = try Connection.inMemory()
    try Schema.migrate(connection, Schema.migrations)
    try change(connection)
    return try connection.serialized(limit: size)
  }

  /// Writes a first page over that of a file, with the file's own length in it.
  static func graft(_ page: [UInt8], onto path: String) throws(JournalError) {
    let file = try openPrivate(path, O_RDWR)
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw systemError("cannot look at \"\(path)\"") }
    let pages = UInt32(clamping: (Int(status.st_size) + size - 1) / size)
    var page = page
    // sqlite.org/fileformat2.html, 1.3: at 28 the number of pages, at 24 and 92 the change counter, which says that
    // this number is valid; at 32 the free list, which is lost.
    for (offset, value) in [(24, UInt32(1)), (28, pages), (32, 0), (36, 0), (92, 1)] {
      for byte in 0..<4 { page[offset + byte] = UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32(byte))) }
    }
    // The file format of a rollback journal: a log is not there, or was of no use.
    page[18] = 1
    page[19] = 1
    try writeAll(page, to: file, at: 0, path: path)
  }
}

/// Copies files as they are.
enum FileCopy {
  /// Makes the copy durable, its folder's entry apart.
  static func copy(_ source: String, to target: String) throws(JournalError) {
    let input = try openPrivate(source, O_RDONLY)
    defer { close(input) }
    unsafe unlink(target)
    let output = try openPrivate(target, O_WRONLY | O_CREAT)
    defer { close(output) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var offset = 0
    while true {
      let count = unsafe pread(input, &buffer, buffer.count, off_t(offset))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw systemError("cannot read \"\(source)\"") }
      if count == 0 { break }
      try writeAll(Array(buffer[..<count]), to: output, at: offset, path: target)
      offset += count
    }
    guard fsync(output) == 0 else { throw systemError("cannot sync \"\(target)\"") }
  }
}
