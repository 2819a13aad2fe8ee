internal import Executor
internal import Glibc
internal import PlanModel
internal import Subprocess

/// Replaces files so that the old one or the new one is there at every moment.
enum AtomicFile {
  /// Writes through links, and keeps mode and owner of a file that is there.
  ///
  /// - Parameters:
  ///   - expected: what the file held when it was read; it is left alone if somebody changed it since.
  ///   - mode: what the file gets, whoever had the one that is replaced; nil: it keeps its mode and owner.
  /// - Throws: `CommandFailure` with exit code 74.
  static func replace(
    _ path: String, with bytes: [UInt8], expecting expected: [UInt8]? = nil, mode: mode_t? = nil
  ) throws(CommandFailure) {
    let target = RealPath.orSame(path)
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
      if let mode {
        guard fchmod(file, mode) == 0 else { throw failure(path) }
      } else if exists {
        if old.st_uid != geteuid() || old.st_gid != getegid() { _ = fchown(file, old.st_uid, old.st_gid) }
        guard fchmod(file, old.st_mode & 0o7777) == 0 else { throw failure(path) }
      }
      guard writeAll(bytes, to: file) == nil, fsync(file) == 0 else { throw failure(path) }
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
    guard syncFolder(of: target) else { throw failure(path) }
  }

  /// Makes the name of a file durable: a power loss could take it away otherwise.
  ///
  /// - Returns: whether that was done, or can't be done here; `errno` says why not.
  static func syncFolder(of path: String) -> Bool {
    let folder = unsafe open(PathName.parent(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A folder that may be written and not be read can't be synced.
    guard folder >= 0 else { return true }
    defer { close(folder) }
    return fsync(folder) == 0 || errno == EINVAL || errno == ENOTSUP
  }

  private static func failure(_ path: String) -> CommandFailure {
    CommandFailure(.ioError, "cannot write \"\(path)\": \(ErrnoText.text(errno))")
  }
}
