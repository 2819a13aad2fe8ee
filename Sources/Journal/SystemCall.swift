internal import FaultPoints
internal import Glibc

/// What the system said about the last call that failed.
func systemError(_ what: String) -> JournalError {
  .io("\(what): \(unsafe String(cString: strerror(errno)))")
}

/// Fails, or dies, where a debug build is told to.
func injected(_ point: FaultPoint, _ what: @autoclosure () -> String) throws(JournalError) {
  let code = injectedError(point)
  guard code != 0 else { return }
  errno = code
  throw systemError(what())
}

/// Opens a file that children never inherit; a file that is made belongs to its owner alone, whatever
/// the umask. Links are not followed.
func openPrivate(_ path: String, _ flags: Int32) throws(JournalError) -> Int32 {
  // A link to nowhere exists and cannot be opened, so the tries are bounded.
  for _ in 0..<100 {
    let made = flags & O_CREAT != 0 ? unsafe open(path, flags | O_EXCL | O_CLOEXEC, 0o600) : -1
    if made >= 0 {
      guard fchmod(made, 0o600) == 0 else {
        let error = systemError("cannot set the mode of \"\(path)\"")
        close(made)
        throw error
      }
      return made
    }
    if flags & O_CREAT != 0, errno != EEXIST { throw systemError("cannot make \"\(path)\"") }
    // Non-blocking: a pipe in the way must not hold us up.
    let found = unsafe open(path, flags & ~O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    if found >= 0 {
      var status = stat()
      if unsafe fstat(found, &status) == 0, status.st_mode & S_IFMT == S_IFREG { return found }
      close(found)
      throw .io("\"\(path)\" is in the way: it is not a file")
    }
    if errno == ELOOP { throw .io("\"\(path)\" is a link, and the state directory holds none; remove it") }
    // Removed between the two calls, or a signal came.
    if flags & O_CREAT != 0, errno == ENOENT { continue }
    if errno == EINTR { continue }
    break
  }
  throw systemError("cannot open \"\(path)\"")
}

/// Writes all bytes at an offset.
func writeAll(_ bytes: [UInt8], to file: Int32, at offset: Int, path: String) throws(JournalError) {
  var written = 0
  while written < bytes.count {
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe pwrite(file, buffer.baseAddress.map { unsafe $0 + written }, bytes.count - written, offset + written)
    }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw systemError("cannot write \"\(path)\"") }
    written += count
  }
}

/// Reads at most `limit` bytes from the start of a file.
func readAll(_ file: Int32, limit: Int, path: String) throws(JournalError) -> [UInt8] {
  var status = stat()
  guard unsafe fstat(file, &status) == 0 else { throw systemError("cannot look at \"\(path)\"") }
  var bytes = [UInt8](repeating: 0, count: max(0, min(limit, Int(status.st_size))))
  var filled = 0
  while filled < bytes.count {
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(file, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled, filled)
    }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw systemError("cannot read \"\(path)\"") }
    if count == 0 { break }
    filled += count
  }
  bytes.removeLast(bytes.count - filled)
  return bytes
}

/// Makes the names in a folder durable.
func syncFolder(_ path: String) throws(JournalError) {
  let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard folder >= 0 else { throw systemError("cannot open \"\(path)\"") }
  defer { close(folder) }
  // Some file systems have no sync of folders; there is nothing better to do on them.
  guard fsync(folder) == 0 || errno == EINVAL || errno == ENOTSUP else {
    throw systemError("cannot sync \"\(path)\"")
  }
}

/// Device and inode: what a path leads to.
struct FileIdentity: Hashable, Sendable {
  var device: UInt
  var inode: UInt

  init?(path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  init?(file: Int32) {
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
  }
}

/// The flags for making a file of our own.
let creatingForWriting = O_RDWR | O_CREAT

func closeFile(_ file: Int32) {
  close(file)
}
