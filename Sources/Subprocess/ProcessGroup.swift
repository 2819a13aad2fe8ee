internal import Glibc

/// The processes that a step started and that did not leave its group.
package struct ProcessGroup: Hashable, Sendable {
  package let id: Int32

  /// - Precondition: `id` is above 1: `kill` gives 0, -1 and 1 other meanings.
  package init(id: Int32) {
    precondition(id > 1, "not the id of a step's process group")
    self.id = id
  }

  /// Sends a signal to every member; false when there is none.
  @discardableResult
  package func send(_ signal: Int32) -> Bool {
    kill(-id, signal) == 0 || errno != ESRCH
  }

  /// True when no process is left in the group, not even one whose end nobody has taken.
  ///
  /// Ask it only while the id cannot have been given to somebody else: from the launch on until it was true once.
  package var isGone: Bool { !send(0) }

  /// True when a member is more than a zombie. Reads `/proc`, so it is for the rare case that `isGone` stays false
  /// because whoever inherits orphans here (process 1 of a container) does not take their ends.
  package func hasLivingMember() -> Bool {
    let pids = ProcessTable.pids()
    // Without /proc nobody can tell; a process that may be there must not be taken for gone.
    return pids.isEmpty
      || pids.contains { pid in ProcessRecord(pid: pid).map { $0.group == id && $0.isAlive } ?? false }
  }
}
