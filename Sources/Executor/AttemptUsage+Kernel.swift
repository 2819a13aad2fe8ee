package import PlanModel
package import Subprocess

extension AttemptUsage {
  /// Of a program or a thread.
  package init(_ usage: ResourceUsage) {
    self.init(
      userTime: AttemptUsage.microseconds(usage.userTime), systemTime: AttemptUsage.microseconds(usage.systemTime),
      peakMemory: usage.maxResidentKiB.map { $0 * 1024 }, readBytes: usage.readBytes, writtenBytes: usage.writtenBytes)
  }

  private static func microseconds(_ time: Duration) -> Int64 {
    time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000
  }
}
