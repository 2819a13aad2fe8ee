internal import CProcessSpawn
internal import Glibc

/// The line from an execplan that is on trial to the one that started it.
///
/// It is the standard input of a process that was called with `TrialLine.word`, and only a socket that the parent itself
/// made is one: no variable and no option of a person can hold execplan up.
package final class TrialLine: Sendable {
  /// How execplan calls itself for a trial; no command of a person.
  package static let word = "on-trial"

  private let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Takes the line, so that programs don't inherit it; nil when this process is not on trial.
  package static func taken() -> TrialLine? {
    guard execplan_is_line_to_parent(0) == 1 else { return nil }
    let line = fcntl(0, F_DUPFD_CLOEXEC, 3)
    let nothing = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard line >= 0, nothing >= 0, dup2(nothing, 0) == 0 else { return nil }
    close(nothing)
    return TrialLine(line)
  }

  /// Tells where a step stands and waits for leave to go on. When nobody listens any more, the trial is over.
  package func tell(_ message: TrialMessage) {
    let bytes = message.bytes
    guard unsafe send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { die() }
    var leave: UInt8 = 0
    while true {
      let count = unsafe recv(descriptor, &leave, 1, 0)
      if count < 0, errno == EINTR { continue }
      if count != 1 { die() }
      return
    }
  }

  private func die() -> Never {
    kill(getpid(), SIGKILL)
    while true { pause() }
  }
}
