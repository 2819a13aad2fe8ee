internal import CProcessSpawn
internal import Glibc

/// The lock and the marks file that a keeper got as its standard output and standard error.
struct KeeperDescriptors {
  let lock: Int32
  let marks: Int32

  /// Moves them out of the way of whatever writes to the standard descriptors, and gives those to `/dev/null`.
  static func taken() -> KeeperDescriptors? {
    let lock = fcntl(1, F_DUPFD_CLOEXEC, 3)
    let marks = fcntl(2, F_DUPFD_CLOEXEC, 3)
    let nothing = unsafe open("/dev/null", O_RDWR | O_CLOEXEC)
    guard lock >= 0, marks >= 0, nothing >= 0 else { return nil }
    for standard in 0...2 {
      guard dup2(nothing, Int32(standard)) >= 0 else { return nil }
    }
    Glibc.close(nothing)
    return KeeperDescriptors(lock: lock, marks: marks)
  }

  /// Says as which process the keeper lives, for those who find the lock held.
  func writePID() {
    let line = Array("\(getpid())\n".utf8)
    _ = unsafe line.withUnsafeBytes { unsafe pwrite(lock, $0.baseAddress, $0.count, 0) }
  }

  /// Says that the keeper has done its work; a copy of the descriptor in another process holds nothing then.
  func release() {
    execplan_unlock(lock)
    Glibc.close(lock)
    Glibc.close(marks)
  }
}
