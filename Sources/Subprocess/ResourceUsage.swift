internal import CProcessSpawn

/// What a process and the children it waited for used, as the kernel counted it.
package struct ResourceUsage: Hashable, Sendable {
  package var userTime: Duration
  package var systemTime: Duration
  /// The largest resident set of one of them, KiB; nil when it can't be told from that of this process
  /// (`ProcessMemory.own`).
  package var maxResidentKiB: Int64?
  /// What came from and went to a disk, bytes: not what the page cache answered.
  package var readBytes: Int64
  package var writtenBytes: Int64

  package init(
    userTime: Duration = .zero, systemTime: Duration = .zero, maxResidentKiB: Int64? = nil, readBytes: Int64 = 0,
    writtenBytes: Int64 = 0
  ) {
    self.userTime = userTime
    self.systemTime = systemTime
    self.maxResidentKiB = maxResidentKiB
    self.readBytes = readBytes
    self.writtenBytes = writtenBytes
  }

  /// What two used that ran one after the other: times and bytes add up, memory does not.
  package static func + (one: ResourceUsage, other: ResourceUsage) -> ResourceUsage {
    ResourceUsage(
      userTime: one.userTime + other.userTime, systemTime: one.systemTime + other.systemTime,
      maxResidentKiB: [one.maxResidentKiB, other.maxResidentKiB].compactMap(\.self).max(),
      readBytes: one.readBytes + other.readBytes, writtenBytes: one.writtenBytes + other.writtenBytes)
  }

  /// getrusage(2) counts blocks of this many bytes, whatever the disk.
  private static let block: Int64 = 512

  init(_ raw: execplan_usage, maxResidentKiB: Int64?) {
    self.init(
      userTime: .microseconds(raw.user_microseconds), systemTime: .microseconds(raw.system_microseconds),
      maxResidentKiB: maxResidentKiB, readBytes: raw.read_blocks * ResourceUsage.block,
      writtenBytes: raw.written_blocks * ResourceUsage.block)
  }
}
