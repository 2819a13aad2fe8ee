/// What one attempt used of the machine, as the kernel counted it.
///
/// Of a program with everything that it started and waited for; of an action of this process the thread that carried it
/// out, with the programs that it asked.
package struct AttemptUsage: Hashable, Sendable {
  /// CPU time outside the kernel, microseconds.
  package var userTime: Int64
  /// CPU time in the kernel, microseconds.
  package var systemTime: Int64
  /// The largest resident set of one process, bytes; nil when the kernel doesn't tell it from that of execplan.
  package var peakMemory: Int64?
  /// What really came from and went to a disk, bytes: not what the page cache answered.
  package var readBytes: Int64
  package var writtenBytes: Int64

  package init(
    userTime: Int64, systemTime: Int64, peakMemory: Int64? = nil, readBytes: Int64 = 0, writtenBytes: Int64 = 0
  ) {
    self.userTime = userTime
    self.systemTime = systemTime
    self.peakMemory = peakMemory
    self.readBytes = readBytes
    self.writtenBytes = writtenBytes
  }

  /// CPU time, rounded to milliseconds.
  package var userMilliseconds: Int64 { AttemptUsage.milliseconds(userTime) }
  package var systemMilliseconds: Int64 { AttemptUsage.milliseconds(systemTime) }

  private static func milliseconds(_ microseconds: Int64) -> Int64 {
    microseconds / 1000 + (microseconds % 1000 >= 500 ? 1 : 0)
  }

  /// As events tell it.
  package var payload: Value {
    .map([
      .init("user_ms", .int(Int(userMilliseconds))), .init("system_ms", .int(Int(systemMilliseconds))),
      .init("max_memory_bytes", peakMemory.map { .int(Int($0)) } ?? .null),
      .init("read_bytes", .int(Int(readBytes))), .init("written_bytes", .int(Int(writtenBytes))),
    ])
  }
}
