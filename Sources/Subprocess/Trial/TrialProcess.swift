internal import CProcessSpawn
internal import Glibc

/// An execplan on trial: it tells where each step stands, waits there, and may be killed at any time.
package final class TrialProcess {
  package enum Event: Hashable, Sendable {
    /// It waits for `goOn()`.
    case told(TrialMessage)
    case ended(ExitStatus)
    /// Something that is watched has changed.
    case changed
    case timeout
    case cancelled
  }

  private let child: Child
  private let line: Int32
  private var hasEnded = false

  package var pid: Int32 { child.pid }

  /// Starts this very program.
  ///
  /// - Parameters:
  ///   - log: takes what it writes.
  package init(
    arguments: [String], environment: ProcessEnvironment, directory: String, log: String
  ) throws {
    var ends: [Int32] = [-1, -1]
    let code = unsafe execplan_line(&ends)
    guard code == 0 else { throw SystemError("make a pair of sockets", code: -code) }
    defer { Glibc.close(ends[1]) }
    let output = unsafe open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard output >= 0 else {
      let code = errno
      Glibc.close(ends[0])
      throw SystemError("write \"\(log)\"", code: code)
    }
    defer { Glibc.close(output) }
    ProcessSignals.prepare()
    do {
      child = try Child.spawn(
        SpawnRequest(
          executable: "/proc/self/exe", arguments: StringBlock(["execplan", TrialLine.word] + arguments),
          environment: environment.block, directory: directory, input: ends[1], output: output, errorOutput: output))
    } catch {
      Glibc.close(ends[0])
      throw error
    }
    line = ends[0]
  }

  deinit {
    if !hasEnded { kill() }
    Glibc.close(line)
    child.close()
  }

  /// Waits for the next thing to happen.
  package func next(until deadline: BootInstant?, watch: TreeWatch? = nil, cancellation: Wakeup) -> Event {
    while true {
      var polled = [
        pollfd(fd: cancellation.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: line, events: Int16(POLLIN), revents: 0),
        pollfd(fd: child.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: watch?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      var pause: Int64 = 1000
      if let deadline {
        pause = min(pause, (deadline.nanoseconds - BootClock.now().nanoseconds + 999_999) / 1_000_000)
      }
      let count = unsafe poll(&polled, 4, Int32(max(0, pause)))
      if polled[0].revents != 0 { return .cancelled }
      if polled[1].revents & Int16(POLLIN) != 0, let message = receive() { return .told(message) }
      if polled[2].revents != 0, let status = reaped() { return .ended(status) }
      if polled[3].revents != 0, watch?.clear() == true { return .changed }
      if count <= 0, let deadline, BootClock.now() >= deadline { return .timeout }
    }
  }

  private func receive() -> TrialMessage? {
    var bytes = [UInt8](repeating: 0, count: 8 << 10)
    let count = unsafe recv(line, &bytes, bytes.count, Int32(MSG_DONTWAIT))
    return count > 0 ? TrialMessage(bytes: Array(bytes[..<count])) : nil
  }

  private func reaped() -> ExitStatus? {
    guard let end = try? child.reap() else { return nil }
    hasEnded = true
    return end.status
  }

  /// Gives leave to go on.
  package func goOn() {
    var leave: UInt8 = 0
    _ = unsafe send(line, &leave, 1, Int32(MSG_NOSIGNAL))
  }

  /// Kills it at once, and it alone, and takes its end.
  package func kill() {
    _ = Glibc.kill(child.pid, SIGKILL)
    var polled = pollfd(fd: child.descriptor, events: Int16(POLLIN), revents: 0)
    while !hasEnded {
      _ = unsafe poll(&polled, 1, 1000)
      if reaped() == nil, ProcessRecord(pid: child.pid) == nil { hasEnded = true }
    }
  }
}
