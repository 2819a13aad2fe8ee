internal import CSQLite
internal import Synchronization

/// Stops the statement that a connection is running, from any thread.
///
/// Holds the handle apart from the connection, so that an interrupt that comes after the close is
/// nothing rather than a use of freed memory.
package final class Interrupter: Sendable {
  private let handle: Mutex<UInt>

  init(_ handle: OpaquePointer) {
    self.handle = Mutex(UInt(bitPattern: handle))
  }

  /// The running statement fails with `SQLITE_INTERRUPT`; without one, nothing happens.
  package func interrupt() {
    handle.withLock { bits in
      guard let handle = unsafe OpaquePointer(bitPattern: bits) else { return }
      unsafe sqlite3_interrupt(handle)
    }
  }

  func invalidate() {
    handle.withLock { $0 = 0 }
  }
}
