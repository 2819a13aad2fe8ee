internal import CProcessSpawn
internal import Glibc

/// A process that is no child of this one: its end can be waited for, but not how it ended.
package struct ForeignProcess: Hashable, Sendable {
  package let pid: Int32
  /// Readable when the process has ended. Owned by whoever waits: `EventLoop.watch`.
  let descriptor: Int32

  /// nil when there is no such process.
  package init?(pid: Int32) throws(SystemError) {
    let descriptor = execplan_pidfd_open(pid)
    guard descriptor >= 0 else {
      if -descriptor == ESRCH { return nil }
      throw SystemError("watch process \(pid)", code: -descriptor)
    }
    self.pid = pid
    self.descriptor = descriptor
  }
}
