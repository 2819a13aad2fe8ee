internal import CProcessSpawn
internal import Glibc

/// Ends the wait of an event loop from any thread.
package final class Wakeup: Sendable {
  /// An eventfd: readable after `signal()` until `clear()`.
  let descriptor: Int32

  package init() throws(SystemError) {
    descriptor = execplan_eventfd(0)
    guard descriptor >= 0 else { throw SystemError("make a wake-up descriptor", code: -descriptor) }
  }

  deinit { close(descriptor) }

  package func signal() {
    addOne(descriptor)
  }

  /// Blocks the thread until it is signalled, or until an instant; true when it was signalled.
  package func wait(until instant: BootInstant) -> Bool {
    while true {
      let left = (instant.nanoseconds - BootClock.now().nanoseconds + 999_999) / 1_000_000
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // poll's clock stands still while the machine sleeps; so look at ours once a second.
      if unsafe poll(&polled, 1, Int32(max(0, min(left, 1000)))) > 0 { return true }
      if left <= 0 { return false }
    }
  }

  func clear() {
    var count: UInt64 = 0
    _ = unsafe read(descriptor, &count, MemoryLayout<UInt64>.size)
  }
}

/// Adds one to an eventfd. It can only fail when 2^64 - 2 additions are pending.
func addOne(_ descriptor: Int32) {
  var one: UInt64 = 1
  while unsafe write(descriptor, &one, MemoryLayout<UInt64>.size) < 0, errno == EINTR {}
}
