/// One invocation that executes a run: the first `apply`, and each that goes on with it.
package struct Leg: Hashable, Sendable {
  package var id: Int64
  package var run: Int64
  package var pid: Int
  package var host: String
  package var bootID: String
  /// The inode of the pid namespace in which `pid` means something.
  package var pidNamespace: Int64
  /// Of the leg's marks file.
  package var nonce: String
  /// Milliseconds since 1970, UTC.
  package var startedAt: Int64
  /// Nil while it lives, and for ever if it was killed.
  package var endedAt: Int64?
  package var exitCode: Int?

  package init(
    id: Int64, run: Int64, pid: Int, machine: Machine = .current, nonce: String, startedAt: Int64,
    endedAt: Int64? = nil, exitCode: Int? = nil
  ) {
    self.id = id
    self.run = run
    self.pid = pid
    host = machine.host
    bootID = machine.bootID
    pidNamespace = machine.pidNamespace
    self.nonce = nonce
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.exitCode = exitCode
  }
}
