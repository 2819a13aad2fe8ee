/// What a child wrote about its own launch, between fork and exec.
package struct Mark: Hashable, Sendable {
  package var attempt: Int64
  package var pid: Int
  /// CLOCK_BOOTTIME when it was written.
  package var nanoseconds: UInt64

  package init(attempt: Int64, pid: Int, nanoseconds: UInt64) {
    self.attempt = attempt
    self.pid = pid
    self.nanoseconds = nanoseconds
  }
}
