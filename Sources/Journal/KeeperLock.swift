internal import Glibc

/// The lock by which the keeper of an attempt is known to live: whoever finds it free knows that there is none any more.
///
/// It is taken before the keeper is started and handed down to it, so there is no moment in which a keeper lives without
/// it. The kernel gives it back when the last process ends that has it.
package final class KeeperLock {
  package enum Status: Hashable, Sendable {
    /// The attempt was never given to a keeper.
    case none
    /// The keeper has ended.
    case free
    /// It lives; as which process it says itself as soon as it has begun.
    case held(pid: Int?)
  }

  /// For the keeper.
  package let file: Int32

  /// Makes the file and takes the lock.
  ///
  /// - Throws: when the attempt has such a file already.
  package init(creating path: String) throws(JournalError) {
    file = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw systemError("cannot make \"\(path)\"") }
    // The umask may have taken our own rights away.
    _ = fchmod(file, 0o600)
    guard try FileLock.take(file, .exclusive, path: path) else { throw .io("\"\(path)\" is locked by somebody else") }
  }

  /// Closing is no unlocking: the keeper has a copy, and with it the lock.
  deinit { close(file) }

  /// Asks for the keeper of an attempt; takes nothing and makes nothing.
  package static func status(_ path: String) throws(JournalError) -> Status {
    let file = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return .none }
      throw systemError("cannot open \"\(path)\"")
    }
    defer { close(file) }
    guard try FileLock.isHeld(file, path: path) else { return .free }
    let line = try readAll(file, limit: 32, path: path)
    guard line.last == UInt8(ascii: "\n") else { return .held(pid: nil) }
    return .held(pid: Int(String(decoding: line.dropLast(), as: UTF8.self)))
  }
}
