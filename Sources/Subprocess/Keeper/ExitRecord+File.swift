internal import Glibc

extension ExitRecord {
  /// A record is short; a larger file is none.
  private static let sizeLimit = 64 << 10

  /// Puts the record at a path in one step: whoever reads it finds all of it or nothing, also after a power loss.
  package func write(to path: String) throws(SystemError) {
    let draft = path + ".new"
    unsafe unlink(draft)
    let file = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemError("make \"\(draft)\"", code: errno) }
    defer { close(file) }
    // The umask may have taken our own rights away.
    _ = fchmod(file, 0o600)
    if let code = writeAll(Array(text.utf8), to: file) { throw SystemError("write \"\(draft)\"", code: code) }
    guard fsync(file) == 0 else { throw SystemError("sync \"\(draft)\"", code: errno) }
    guard unsafe rename(draft, path) == 0 else { throw SystemError("make \"\(path)\"", code: errno) }
    try ExitRecord.syncFolder(of: path)
  }

  private static func syncFolder(of path: String) throws(SystemError) {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
    let folder = unsafe open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw SystemError("open \"\(name)\"", code: errno) }
    defer { close(folder) }
    // Some file systems have no sync of folders; there is nothing better to do on them.
    guard fsync(folder) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw SystemError("sync \"\(name)\"", code: errno)
    }
  }

  /// The record of an attempt; nil when there is none, or none that can be believed.
  package static func read(_ path: String, attempt: Int64, nonce: String) -> ExitRecord? {
    let file = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: sizeLimit + 1)
    var filled = 0
    while filled < bytes.count {
      let count = unsafe bytes[filled...].withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      filled += count
    }
    guard filled <= sizeLimit, let record = ExitRecord(bytes: Array(bytes[..<filled])),
      record.attempt == attempt, record.nonce == nonce
    else { return nil }
    return record
  }
}
