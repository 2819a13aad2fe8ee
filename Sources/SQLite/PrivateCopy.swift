internal import Glibc

/// A copy of a database, with its log or journal, in a folder of ours outside the project.
final class PrivateCopy {
  let folder: String
  /// The copied database.
  let path: String

  private static let name = "database"
  private static let chunk = 1 << 20

  /// Copies the files that exist; a copy made while they change is refused.
  ///
  /// - Returns: nil if a file changed meanwhile.
  init?(of database: String, suffixes: [String]) throws(SQLiteError) {
    let temporary = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array("\(temporary)/execplan-read-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw PrivateCopy.failure("cannot make a folder in \"\(temporary)\"")
    }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.folder = folder
    path = "\(folder)/\(PrivateCopy.name)"
    // The umask may have taken our own rights away.
    unsafe chmod(folder, 0o700)
    let before = ([""] + suffixes).map { FileState(database + $0) }
    for (suffix, state) in zip([""] + suffixes, before) where state != nil {
      try PrivateCopy.copy(database + suffix, to: path + suffix)
    }
    guard before == ([""] + suffixes).map({ FileState(database + $0) }) else { return nil }
  }

  deinit {
    for suffix in ["", "-wal", "-shm", "-journal"] { unsafe unlink(path + suffix) }
    unsafe rmdir(folder)
  }

  private static func copy(_ source: String, to target: String) throws(SQLiteError) {
    let input = unsafe open(source, O_RDONLY | O_CLOEXEC)
    // Gone again: the comparison of states will tell.
    if input < 0, errno == ENOENT { return }
    guard input >= 0 else { throw failure("cannot read \"\(source)\"") }
    defer { close(input) }
    let output = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw failure("cannot write \"\(target)\"") }
    defer { close(output) }
    fchmod(output, 0o600)
    var buffer = [UInt8](repeating: 0, count: chunk)
    while true {
      let count = unsafe read(input, &buffer, chunk)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("cannot read \"\(source)\"") }
      if count == 0 { return }
      var written = 0
      while written < count {
        let more = unsafe buffer.withUnsafeBytes {
          unsafe write(output, $0.baseAddress.map { unsafe $0 + written }, count - written)
        }
        if more < 0, errno == EINTR { continue }
        guard more > 0 else { throw failure("cannot write \"\(target)\"") }
        written += more
      }
    }
  }

  private static func failure(_ what: String) -> SQLiteError {
    SQLiteError(
      code: SQLiteError.Kind.cannotOpen.rawValue, message: unsafe "\(what): \(String(cString: strerror(errno)))")
  }
}
