internal import CProcessSpawn
internal import Glibc

/// The settings of signals that this process needs, whatever it was started with.
package enum ProcessSignals {
  /// Makes writing to a closed pipe or beyond a limit of file sizes an error instead of a death, and the ends of
  /// children ours to take: a parent that ignores SIGCHLD hands that down, and then the kernel throws exit codes away.
  ///
  /// Children start with all signals at their defaults.
  package static func prepare() { _ = prepared }

  private static let prepared: Void = {
    execplan_signal_ignore(SIGPIPE)
    execplan_signal_ignore(SIGXFSZ)
    execplan_signal_default(SIGCHLD)
  }()
}
