internal import SQLite
internal import Subprocess
internal import Synchronization

/// Lets the supervisor end work that goes on in a thread of this process.
package final class Cancellation: Sendable {
  private let state = Mutex(State())

  private struct State {
    var isCancelled = false
    var interrupter: Interrupter?
    var wakeup: Wakeup?
  }

  /// Wakes a program that is being waited for; made when first asked for, as most steps of a large plan need none.
  var wakeup: Wakeup? {
    state.withLock { state in
      if state.wakeup == nil {
        state.wakeup = try? Wakeup()
        if state.isCancelled { state.wakeup?.signal() }
      }
      return state.wakeup
    }
  }

  package var isCancelled: Bool { state.withLock { $0.isCancelled } }

  func cancel() {
    let (interrupter, wakeup) = state.withLock { state in
      state.isCancelled = true
      return (state.interrupter, state.wakeup)
    }
    interrupter?.interrupt()
    wakeup?.signal()
  }

  /// Makes a cancellation reach the statements of a connection for as long as the body runs.
  ///
  /// An interrupt ends what runs in this moment, also where SQLite itself does not look up for long. SQLite forgets one
  /// that comes between two statements, so the next statement asks for itself, and so does waiting for a lock.
  ///
  /// - Parameter lockTimeout: how long a statement waits for a lock of another connection, in milliseconds.
  func covering<T>(_ connection: Connection, lockTimeout: Int = 5000, _ body: () throws -> T) rethrows -> T {
    connection.setProgressHandler(every: Cancellation.steps) { [self] in isCancelled }
    connection.waitForLocks(timeout: lockTimeout) { [self] in isCancelled }
    state.withLock { $0.interrupter = connection.interrupter }
    defer {
      state.withLock { $0.interrupter = nil }
      connection.setProgressHandler(every: 0, nil)
    }
    return try body()
  }

  /// Instructions of SQLite's machine, some microseconds each hundred.
  private static let steps: Int32 = 10_000
}
