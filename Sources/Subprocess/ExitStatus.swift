/// How a process ended.
package enum ExitStatus: Hashable, Sendable {
  case exited(Int)
  case signalled(Int)

  package var isSuccess: Bool { self == .exited(0) }
}
