package import Digest

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
  /// Of the text of the plan's file that it executes, which the journal keeps; nil: it is not kept.
  package var source: SHA256Digest?
  /// Set if it takes the run back instead of going on with it.
  package var rollback: RollbackGoal?

  package init(
    id: Int64, run: Int64, pid: Int, machine: Machine = .current, nonce: String, startedAt: Int64,
    endedAt: Int64? = nil, exitCode: Int? = nil, source: SHA256Digest? = nil, rollback: RollbackGoal? = nil
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
    self.source = source
    self.rollback = rollback
  }
}

/// How much of a run a rollback takes back.
package enum RollbackGoal: Hashable, Sendable {
  case everything
  /// What ended after this step.
  case after(String)

  /// The step that stays; nil: none does.
  package var step: String? {
    if case .after(let step) = self { step } else { nil }
  }
}

extension Leg {
  /// What is still to be taken back, if this is the latest leg of its run.
  package var openRollback: RollbackGoal? { exitCode == 0 ? nil : rollback }
}
