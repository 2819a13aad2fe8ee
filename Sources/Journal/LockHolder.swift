internal import Glibc

/// Who holds a plan's lock, as the holder wrote it: for messages only, the lock itself decides.
package struct LockHolder: Hashable, Sendable {
  package var pid: Int
  package var host: String
  /// Milliseconds since 1970, UTC.
  package var since: Int64
  package var command: [String]
  /// The run that it executes, once it has one.
  package var run: Int64?

  package init(pid: Int, host: String, since: Int64, command: [String], run: Int64? = nil) {
    self.pid = pid
    self.host = host
    self.since = since
    self.command = command
    self.run = run
  }

  /// Whether there is no such process on this machine any more; false if the holder is, or may be, elsewhere.
  var isDead: Bool {
    guard host == Machine.current.host, let pid = Int32(exactly: pid), pid > 0 else { return false }
    return kill(pid, 0) == -1 && errno == ESRCH
  }
}
