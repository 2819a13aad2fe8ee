internal import CProcessSpawn
internal import Glibc
internal import Synchronization

/// A thread with a name that heeds no signals: those are the event loop's.
package final class WorkerThread: Sendable {
  private let thread: Mutex<pthread_t?>

  /// Starts it.
  ///
  /// - Parameter name: shown by `ps -L`; the kernel keeps 15 bytes.
  package init(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    var thread = pthread_t()
    let start = unsafe Unmanaged.passRetained(Start(name: name, body: body))
    let code = unsafe pthread_create(
      &thread, nil,
      { argument in
        // The creator put one retained `Start` there.
        let start = unsafe Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue()
        execplan_block_signals()
        unsafe execplan_name_thread(start.name)
        start.body()
        return nil
      }, start.toOpaque())
    guard code == 0 else {
      unsafe start.release()
      throw SystemError("start thread \"\(name)\"", code: code)
    }
    self.thread = Mutex(thread)
  }

  /// Waits for its end. Further calls return at once.
  package func join() {
    let thread = self.thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    if let thread { pthread_join(thread, nil) }
  }

  deinit {
    thread.withLock { thread in
      if let thread { pthread_detach(thread) }
    }
  }

  private final class Start: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }
}
