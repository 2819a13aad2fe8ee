/// What a process and the children it waited for used, as the kernel counted it.
package struct ResourceUsage: Hashable, Sendable {
  package var userTime: Duration
  package var systemTime: Duration
  /// The largest resident set of one of them, KiB.
  package var maxResidentKiB: Int64

  package init(userTime: Duration = .zero, systemTime: Duration = .zero, maxResidentKiB: Int64 = 0) {
    self.userTime = userTime
    self.systemTime = systemTime
    self.maxResidentKiB = maxResidentKiB
  }
}
