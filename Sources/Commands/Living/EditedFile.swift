internal import Executor
internal import FaultPoints
internal import Glibc
internal import PlanModel
internal import Subprocess

/// Changes a file that other programs may change at the same time, and loses nothing that they write.
///
/// The new file is swapped with the old one in one step, and what came out is compared with what was read. If
/// somebody wrote meanwhile, the files are swapped back and the change is made anew on the newer text.
enum EditedFile {
  /// How often an edit is tried while others write.
  private static let tries = 20
  /// Milliseconds between two tries.
  private static let pause = 25

  private enum Attempt {
    case done, disturbed
  }

  /// - Parameter change: makes the new bytes out of the present ones; called anew for each try.
  /// - Returns: whether the file was changed.
  /// - Throws: `CommandFailure` with exit code 74, and what `change` throws; the file is as others left it then.
  static func edit(
    _ path: String, _ change: ([UInt8]) throws(CommandFailure) -> [UInt8]
  ) throws(CommandFailure) -> Bool {
    let target = RealPath.orSame(path)
    guard unsafe access(target, W_OK) == 0 else { throw failure(path) }
    for _ in 0..<tries {
      let file = unsafe open(target, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { throw failure(path) }
      defer { close(file) }
      let old = try PlanFile.bytes(target)
      let new = try change(old)
      if new == old { return false }
      if case .done = try replace(target, file, old, new, shown: path) { return true }
      usleep(UInt32(pause) * 1000)
    }
    throw CommandFailure(.ioError, "\"\(PathName.shown(path))\" is being written by another program")
  }

  private static func replace(
    _ target: String, _ file: Int32, _ old: [UInt8], _ new: [UInt8], shown path: String
  ) throws(CommandFailure) -> Attempt {
    let writers = FileExchange.watch(file)
    if writers == .some { return .disturbed }
    let temporary = "\(PathName.parent(target))/.\(PathName.name(target).prefix(100)).\(getpid()).tmp"
    try write(new, to: temporary, like: file, shown: path)
    var isKept = false
    defer {
      if !isKept { unsafe unlink(temporary) }
    }
    let problem = FileExchange.swap(temporary, target)
    if problem == EINVAL || problem == ENOSYS || problem == ENOTSUP {
      // A file system that cannot swap: the moment between the comparison and the renaming is not covered there.
      guard try PlanFile.bytes(target) == old else { return .disturbed }
      guard unsafe rename(temporary, target) == 0 else { throw failure(path) }
      isKept = true
      try settle(target, shown: path)
      return .done
    }
    guard problem == 0 else {
      errno = problem
      throw failure(path)
    }
    if try PlanFile.bytes(temporary) == old, writers == .unknown || FileExchange.isUndisturbed(file) {
      try settle(target, shown: path)
      return .done
    }
    // Now the other's text is under the temporary name, and must not be removed before it is back.
    isKept = true
    guard FileExchange.swap(temporary, target) == 0 else {
      throw CommandFailure(
        .ioError, "\"\(PathName.shown(path))\" was changed meanwhile; what it held is in \"\(temporary)\"")
    }
    guard try PlanFile.bytes(temporary) == new else {
      throw CommandFailure(
        .ioError, "\"\(PathName.shown(path))\" was changed twice meanwhile; the later text is in \"\(temporary)\"")
    }
    isKept = false
    return .disturbed
  }

  /// A new file with the owner, the mode and the attributes of another.
  private static func write(
    _ bytes: [UInt8], to temporary: String, like old: Int32, shown path: String
  ) throws(CommandFailure) {
    unsafe unlink(temporary)
    let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    var info = stat()
    guard unsafe fstat(old, &info) == 0 else { throw failure(path) }
    if info.st_uid != geteuid() || info.st_gid != getegid() { _ = fchown(file, info.st_uid, info.st_gid) }
    let problem = ExtendedAttributes.copy(from: old, to: file)
    if problem != 0 { errno = problem }
    guard problem == 0, fchmod(file, info.st_mode & 0o7777) == 0, writeAll(bytes, to: file) == nil,
      isSpared(.pageWritten), fsync(file) == 0
    else {
      let failure = failure(path)
      unsafe unlink(temporary)
      throw failure
    }
  }

  /// Makes the exchange durable.
  private static func settle(_ target: String, shown path: String) throws(CommandFailure) {
    guard isSpared(.pageReplaced), AtomicFile.syncFolder(of: target) else { throw failure(path) }
  }

  /// False where a debug build is told to fail, with `errno` set.
  private static func isSpared(_ point: FaultPoint) -> Bool {
    let code = injectedError(point)
    if code != 0 { errno = code }
    return code == 0
  }

  private static func failure(_ path: String) -> CommandFailure {
    CommandFailure(.ioError, "cannot write \"\(PathName.shown(path))\": \(ErrnoText.text(errno))")
  }
}
