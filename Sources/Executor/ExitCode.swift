/// The exit codes of SPEC §3; documented, tested, never renumbered.
package enum ExitCode: Int32, Sendable, CaseIterable {
  case success = 0
  case failure = 1
  case changesPending = 2
  case invalidPlan = 3
  case waiting = 4
  case refused = 5
  case locked = 6
  case gateFailed = 7
  case usage = 64
  case internalError = 70
  case ioError = 74
  case hangup = 129
  case interrupted = 130
  case terminated = 143
}
