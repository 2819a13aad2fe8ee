internal import Glibc

/// An advisory lock on a file of the state directory, held by an open file description.
///
/// Open-file-description locks (F_OFD_SETLK, fcntl(2)) end when the last descriptor of the description
/// closes, whatever ended the process; they conflict within a process too, and closing another
/// descriptor of the file does not drop them. The descriptor is O_CLOEXEC, so no program inherits it.
final class FileLock: @unchecked Sendable {
  enum Kind: Hashable, Sendable {
    case shared, exclusive

    fileprivate var type: Int16 { Int16(self == .shared ? F_RDLCK : F_WRLCK) }
  }

  // <bits/fcntl-linux.h>; the importer does not show them under the default feature macros.
  private static let getLock: Int32 = 36
  private static let setLock: Int32 = 37

  let path: String
  /// Unchecked for `Sendable`: only system calls that are safe from any thread use it.
  let file: Int32

  /// Opens the lock file, making it if it is missing, without taking the lock.
  init(path: String) throws(JournalError) {
    self.path = path
    file = try openPrivate(path, O_RDWR | O_CREAT)
  }

  deinit {
    // A child that is just being started may hold a copy of the descriptor until its exec.
    unlock()
    close(file)
  }

  /// Takes the lock if it is free; false if it is not.
  func tryLock(_ kind: Kind) throws(JournalError) -> Bool { try FileLock.take(file, kind, path: path) }

  /// Takes the lock of an open file if it is free; false if it is not.
  static func take(_ file: Int32, _ kind: Kind, path: String) throws(JournalError) -> Bool {
    var lock = flock(l_type: kind.type, l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    while true {
      if unsafe fcntl(file, FileLock.setLock, &lock) == 0 { return true }
      switch errno {
      case EINTR: continue
      case EAGAIN, EACCES: return false
      default: throw systemError("cannot lock \"\(path)\"")
      }
    }
  }

  /// Waits for the lock; false when the time is over.
  func lock(_ kind: Kind, timeout: Duration) throws(JournalError) -> Bool {
    let end = ContinuousClock.now + timeout
    // fcntl cannot wait for a bounded time, so it is asked again and again, less and less often.
    var pause: UInt32 = 200
    while true {
      if try tryLock(kind) { return true }
      guard ContinuousClock.now < end else { return false }
      usleep(pause)
      pause = min(pause * 2, 20_000)
    }
  }

  func unlock() {
    var lock = flock(l_type: Int16(F_UNLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    _ = unsafe fcntl(file, FileLock.setLock, &lock)
  }

  /// Whether the path still leads to the locked file: after `rm`, somebody else could lock a new one.
  var isCurrent: Bool {
    guard let held = FileIdentity(file: file) else { return false }
    return held == FileIdentity(path: path)
  }

  /// Whether somebody else holds a lock that an exclusive one would wait for; takes nothing.
  static func isHeld(_ file: Int32, path: String) throws(JournalError) -> Bool {
    var lock = flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    guard unsafe fcntl(file, getLock, &lock) == 0 else { throw systemError("cannot ask for the lock of \"\(path)\"") }
    return lock.l_type != Int16(F_UNLCK)
  }

  /// Opens and locks the file that the path leads to when the lock is had; nil when the time is over.
  static func acquire(path: String, _ kind: Kind, timeout: Duration) throws(JournalError) -> FileLock? {
    let end = ContinuousClock.now + timeout
    while true {
      let lock = try FileLock(path: path)
      let left = end - ContinuousClock.now
      guard try lock.lock(kind, timeout: max(left, .zero)) else { return nil }
      if lock.isCurrent { return lock }
    }
  }
}
