internal import Executor
internal import Glibc
internal import PlanModel
internal import Subprocess

/// Writes new files for a person; one never replaces another. `AtomicFile` changes those that are there.
enum NewFile {
  /// Makes a file that is not there yet, with the folders above it.
  static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
    try makeFolder(PathName.parent(path))
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure("make", path) }
    defer { close(file) }
    guard writeAll(bytes, to: file) == nil, fsync(file) == 0 else {
      let problem = failure("write", path)
      unsafe unlink(path)
      throw problem
    }
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
