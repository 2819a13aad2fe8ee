internal import Executor
internal import Glibc

/// Writes new files for a person; one never replaces another. `AtomicFile` changes those that are there.
enum NewFile {
  /// Makes a file that is not there yet, with the folders above it.
  static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
    try makeFolder(PathName.parent(path))
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure("make", path) }
    defer { close(file) }
    do throws(CommandFailure) {
      try write(bytes, to: file, path)
    } catch {
      unsafe unlink(path)
      throw error
    }
  }

  private static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws(CommandFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("write", path) }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 else { throw failure("write", path) }
  }

  private static func makeFolder(_ path: String) throws(CommandFailure) {
    if PathName.isFolder(path) { return }
    let parent = PathName.parent(path)
    if parent != path { try makeFolder(parent) }
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure("make the folder", path) }
  }

  private static func failure(_ what: String, _ path: String) -> CommandFailure {
    CommandFailure(.ioError, "cannot \(what) \"\(PathName.shown(path))\": \(ErrnoText.text(errno))")
  }
}
