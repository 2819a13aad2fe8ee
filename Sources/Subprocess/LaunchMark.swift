/// Where a child writes down that its attempt began.
package struct MarkSlot: Hashable, Sendable {
  /// The marks file, open for writing and not for appending (`pwrite` on an appending descriptor appends on Linux).
  package var descriptor: Int32
  package var offset: Int64
  package var attempt: UInt64

  package init(descriptor: Int32, offset: Int64, attempt: UInt64) {
    self.descriptor = descriptor
    self.offset = offset
    self.attempt = attempt
  }
}

/// What the child wrote itself between its creation and its exec: that it started, when, and as which process.
///
/// Because one act says all three, a keeper that is killed between the launch and the journal loses nothing.
package struct LaunchMark: Hashable, Sendable {
  /// Bytes of a slot: attempt (8), process id (4), spare (4), start (8), in the machine's byte order.
  package static let size = 24

  package var attempt: UInt64
  package var pid: Int32
  package var started: BootInstant

  package init(attempt: UInt64, pid: Int32, started: BootInstant) {
    self.attempt = attempt
    self.pid = pid
    self.started = started
  }

  /// True while the process that wrote the mark lives. Only for marks of this boot and this pid namespace.
  ///
  /// A process that got the same id later began after the mark; the kernel tells its start to the tick only.
  package var isRunning: Bool {
    guard let record = ProcessRecord(pid: pid), record.isAlive else { return false }
    return record.started <= started + ProcessRecord.tick
  }

  /// Reads a slot; nil when it has another size or was never written.
  package init?(slot: some Collection<UInt8>) {
    guard slot.count == LaunchMark.size else { return nil }
    let (attempt, pid, started) = unsafe Array(slot).withUnsafeBytes { bytes in
      unsafe (
        bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self),
        bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
      )
    }
    guard let pid = Int32(exactly: pid), pid > 0, let started = Int64(exactly: started) else { return nil }
    self.init(attempt: attempt, pid: pid, started: BootInstant(nanoseconds: started))
  }
}
