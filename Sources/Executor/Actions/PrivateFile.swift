internal import Glibc
internal import PlanModel
internal import Subprocess

/// Files of execplan's own that only their owner may read.
enum PrivateFile {
  /// Makes a new file; what was at the path is replaced.
  static func write(_ text: String, to path: String) throws(SystemError) {
    unsafe unlink(path)
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemError("make \"\(path)\"", code: errno) }
    defer { close(file) }
    // The umask may have taken our own rights away.
    _ = fchmod(file, 0o600)
    if let code = writeAll(Array(text.utf8), to: file) { throw SystemError("write \"\(path)\"", code: code) }
  }

  /// Puts a file in place: the old one or the new one is there at every moment, and after this the new one is on the
  /// disk.
  static func replace(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    let temporary = path + ".new-\(getpid())"
    unsafe unlink(temporary)
    let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemError("make \"\(temporary)\"", code: errno) }
    _ = fchmod(file, 0o600)
    var code = writeAll(bytes, to: file)
    if code == nil, fsync(file) != 0 { code = errno }
    close(file)
    if code == nil, unsafe rename(temporary, path) != 0 { code = errno }
    if let code {
      unsafe unlink(temporary)
      throw SystemError("write \"\(path)\"", code: code)
    }
    let folder = unsafe open(PathName.parent(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    defer { close(folder) }
    // Some file systems have no sync of folders.
    if fsync(folder) != 0, errno != EINVAL { throw SystemError("sync the folder of \"\(path)\"", code: errno) }
  }

  /// The content of a small file; nil when it is not there.
  ///
  /// - Throws: when it cannot be read, or is larger than `limit`.
  static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8]? {
    let bytes = try read(path, upTo: limit + 1)
    if let bytes, bytes.count > limit { throw tooLarge(path) }
    return bytes
  }

  /// The beginning of a file, nil when it is not there.
  static func read(_ path: String, upTo count: Int) throws(SystemError) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw SystemError("read \"\(path)\"", code: errno)
    }
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let got = unsafe piece.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw SystemError("read \"\(path)\"", code: errno) }
      if got == 0 { return bytes }
      bytes.append(contentsOf: piece[..<min(got, count - bytes.count)])
      if bytes.count == count { return bytes }
    }
  }

  static func tooLarge(_ path: String) -> SystemError { SystemError("read \"\(path)\"", code: EFBIG) }

  static func remove(_ path: String) {
    unsafe unlink(path)
  }
}
