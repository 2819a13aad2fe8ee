internal import CProcessSpawn
internal import Glibc

/// Waits for children, mail, signals and a deadline at once. It belongs to one thread.
package final class EventLoop {
  /// For the mailboxes of this loop.
  package let wakeup: Wakeup

  private let epoll: Int32
  private let timer: Int32
  private let signals: Int32
  private var armed: BootInstant?
  private var watched: [(process: Watched, token: Int)?] = []
  private var freeSlots: [Int] = []
  /// Room for what one call of the kernel reports.
  private var ready = [UInt64](repeating: 0, count: 64)

  private enum Watched {
    case child(Child)
    case foreign(ForeignProcess)

    var descriptor: Int32 {
      switch self {
      case .child(let child): child.descriptor
      case .foreign(let process): process.descriptor
      }
    }
  }

  // Tokens of epoll below 2^32 are slots of `watched`.
  private static let wakeupToken: UInt64 = 1 << 32
  private static let timerToken: UInt64 = 2 << 32
  private static let signalToken: UInt64 = 3 << 32

  /// Prepares to wait.
  ///
  /// - Parameter signals: blocked in the calling thread from now on and told as events. Start other threads
  ///   afterwards, so that they block them, too. A signal that is ignored (nohup does it with SIGHUP) stays ignored.
  /// - Throws: when descriptors run out or the kernel is older than Linux 5.3.
  package init(signals wanted: [Int32] = []) throws(SystemError) {
    ProcessSignals.prepare()
    try EventLoop.requirePidfd()
    wakeup = try Wakeup()
    epoll = execplan_epoll_create()
    guard epoll >= 0 else { throw SystemError("make an event queue", code: -epoll) }
    timer = execplan_boot_timer()
    let heeded = wanted.filter { execplan_signal_is_ignored($0) == 0 }
    signals = heeded.isEmpty ? -1 : unsafe execplan_signal_descriptor(heeded, Int32(heeded.count))
    guard timer >= 0 else { throw SystemError("make a timer", code: -timer) }
    guard heeded.isEmpty || signals >= 0 else { throw SystemError("wait for signals", code: -signals) }
    try add(wakeup.descriptor, EventLoop.wakeupToken)
    try add(timer, EventLoop.timerToken)
    if signals >= 0 { try add(signals, EventLoop.signalToken) }
  }

  deinit {
    for case (let process, _)? in watched { close(process.descriptor) }
    for descriptor in [signals, timer, epoll] where descriptor >= 0 { close(descriptor) }
  }

  /// The number of watched processes that have not ended.
  package var watchedCount: Int { watched.count - freeSlots.count }

  /// Takes over a child: its end is told under `token`, and its descriptor is closed then.
  ///
  /// - Throws: when the kernel refuses one more; the child is still the caller's then.
  package func watch(_ child: Child, token: Int) throws(SystemError) { try watch(.child(child), token) }

  /// Takes over a process of somebody else: that it ended is told under `token`.
  ///
  /// - Throws: when the kernel refuses one more; the process is still the caller's then.
  package func watch(_ process: ForeignProcess, token: Int) throws(SystemError) { try watch(.foreign(process), token) }

  private func watch(_ process: Watched, _ token: Int) throws(SystemError) {
    let slot = freeSlots.popLast() ?? watched.count
    if slot == watched.count { watched.append(nil) }
    watched[slot] = (process, token)
    do throws(SystemError) {
      try add(process.descriptor, UInt64(slot))
    } catch {
      watched[slot] = nil
      freeSlots.append(slot)
      throw error
    }
  }

  /// Waits until something happened; the answer is never empty. A deadline that has passed still tells all that is
  /// ready, with `timeout` last.
  ///
  /// - Throws: `ECHILD` when a child's end was taken by somebody else, or when the kernel refuses to wait.
  package func wait(until deadline: BootInstant? = nil) throws(SystemError) -> [LoopEvent] {
    try arm(deadline)
    var events: [LoopEvent] = []
    while events.isEmpty {
      let count = unsafe execplan_epoll_wait(epoll, &ready, Int32(ready.count), -1)
      guard count >= 0 else { throw SystemError("wait for events", code: -count) }
      var timedOut = false
      for index in 0..<Int(count) {
        switch ready[index] {
        case EventLoop.wakeupToken:
          wakeup.clear()
          events.append(.posted)
        case EventLoop.timerToken:
          armed = nil
          timedOut = true
          try set(nil)
        case EventLoop.signalToken:
          while case let signal = execplan_signal_read(signals), signal > 0 { events.append(.signal(signal)) }
        case let slot:
          if let event = try end(of: Int(slot)) { events.append(event) }
        }
      }
      if timedOut { events.append(.timeout) }
    }
    return events
  }

  private func end(of slot: Int) throws(SystemError) -> LoopEvent? {
    guard let (process, token) = watched[slot] else { return nil }
    let event: LoopEvent
    switch process {
    case .child(let child):
      guard let (status, usage) = try child.reap() else { return nil }
      event = .exited(token: token, status: status, usage: usage)
    case .foreign: event = .vanished(token: token)
    }
    // Closing alone is not enough: a child that is just being made in another thread may hold a copy.
    _ = execplan_epoll_remove(epoll, process.descriptor)
    close(process.descriptor)
    watched[slot] = nil
    freeSlots.append(slot)
    return event
  }

  private func arm(_ deadline: BootInstant?) throws(SystemError) {
    guard deadline != armed else { return }
    try set(deadline)
    armed = deadline
  }

  private func set(_ deadline: BootInstant?) throws(SystemError) {
    // Zero would disarm the timer.
    let result = execplan_boot_timer_set(timer, deadline.map { max(1, $0.nanoseconds) } ?? 0)
    guard result >= 0 else { throw SystemError("set a timer", code: -result) }
  }

  private func add(_ descriptor: Int32, _ token: UInt64) throws(SystemError) {
    let result = execplan_epoll_add(epoll, descriptor, token)
    guard result >= 0 else { throw SystemError("watch a descriptor", code: -result) }
  }

  private static func requirePidfd() throws(SystemError) {
    let descriptor = execplan_pidfd_open(getpid())
    guard descriptor >= 0 else {
      throw SystemError("watch processes (execplan needs Linux 5.3 or later)", code: -descriptor)
    }
    close(descriptor)
  }
}
