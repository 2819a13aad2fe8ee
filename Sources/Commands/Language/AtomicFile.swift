internal import Executor
internal import FaultPoints
internal import Glibc
internal import PlanModel
internal import Subprocess

/// Replaces files so that the old one or the new one is there at every moment.
enum AtomicFile {
  /// Writes through links, and keeps mode and owner of a file that is there.
  ///
  /// - Parameter expected: what the file held when it was read; it is left alone if somebody changed it since.
  /// - Throws: `CommandFailure` with exit code 74.
  static func replace(_ path: String, with bytes: [UInt8], expecting expected: [UInt8]? = nil) throws(CommandFailure) {
    let target = real(path)
    var old = stat()
    let exists = unsafe stat(target, &old) == 0
    let temporary = "\(PathName.parent(target))/.\(PathName.name(target).prefix(100)).\(getpid()).tmp"
    let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure(path) }
    var isOpen = true
    defer {
      if isOpen { close(file) }
    }
    do throws(CommandFailure) {
      if exists {
        if old.st_uid != geteuid() || old.st_gid != getegid() { _ = fchown(file, old.st_uid, old.st_gid) }
        guard fchmod(file, old.st_mode & 0o7777) == 0 else { throw failure(path) }
      }
      guard writeAll(bytes, to: file) == nil else { throw failure(path) }
      try injected(.pageWritten, path)
      guard fsync(file) == 0 else { throw failure(path) }
      close(file)
      isOpen = false
      if let expected {
        guard try PlanFile.bytes(target) == expected else {
          throw CommandFailure(.ioError, "\"\(path)\" was changed meanwhile", advice: "run the command again")
        }
      }
      guard unsafe rename(temporary, target) == 0 else { throw failure(path) }
    } catch {
      unsafe unlink(temporary)
      throw error
    }
    try injected(.pageReplaced, path)
    try syncFolder(PathName.parent(target), of: path)
  }

  /// A power loss could take the new name away otherwise.
  private static func syncFolder(_ folder: String, of path: String) throws(CommandFailure) {
    let folder = unsafe open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A folder that may be written and not be read can't be synced.
    guard folder >= 0 else { return }
    defer { close(folder) }
    guard fsync(folder) == 0 || errno == EINVAL || errno == ENOTSUP else { throw failure(path) }
  }

  /// Fails, or dies, where a debug build is told to.
  private static func injected(_ point: FaultPoint, _ path: String) throws(CommandFailure) {
    let code = injectedError(point)
    guard code != 0 else { return }
    errno = code
    throw failure(path)
  }

  private static func real(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  private static func failure(_ path: String) -> CommandFailure {
    CommandFailure(.ioError, "cannot write \"\(path)\": \(ErrnoText.text(errno))")
  }
}
