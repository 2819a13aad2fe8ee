/// The lock of the whole state directory: shared while a plan is executed, exclusive while the journal
/// is migrated, pruned or repaired.
package final class StateLock: Sendable {
  private let lock: FileLock

  private init(_ lock: FileLock) { self.lock = lock }

  /// Takes the lock for execution; nil when somebody kept it for the whole time.
  package static func shared(_ state: StateDirectory, timeout: Duration) throws(JournalError) -> StateLock? {
    try acquire(state, .shared, timeout)
  }

  /// Takes the lock against everybody; nil when somebody kept it for the whole time.
  package static func exclusive(_ state: StateDirectory, timeout: Duration) throws(JournalError) -> StateLock? {
    try acquire(state, .exclusive, timeout)
  }

  private static func acquire(
    _ state: StateDirectory, _ kind: FileLock.Kind, _ timeout: Duration
  ) throws(JournalError) -> StateLock? {
    try FileLock.acquire(path: state.locks + "/state", kind, timeout: timeout).map { StateLock($0) }
  }
}
