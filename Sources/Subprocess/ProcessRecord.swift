internal import Glibc

/// What `/proc/PID/stat` says about a process.
package struct ProcessRecord: Hashable, Sendable {
  package var pid: Int32
  /// The name of its program, at most 15 bytes.
  package var name: String
  /// `R`, `S`, `D`, `Z` and so on, see proc(5).
  package var state: UInt8
  package var parent: Int32
  package var group: Int32
  package var session: Int32
  /// Clock ticks after boot, `sysconf(_SC_CLK_TCK)` to the second.
  package var startTicks: UInt64

  package init(
    pid: Int32, name: String, state: UInt8, parent: Int32, group: Int32, session: Int32, startTicks: UInt64
  ) {
    self.pid = pid
    self.name = name
    self.state = state
    self.parent = parent
    self.group = group
    self.session = session
    self.startTicks = startTicks
  }

  /// nil when there is no such process.
  package init?(pid: Int32) {
    let file = unsafe open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    // The numbers before the start time take at most 21 * 20 bytes and the name 64.
    var bytes = [UInt8](repeating: 0, count: 1024)
    let count = unsafe read(file, &bytes, bytes.count)
    // The name stands in parentheses and may itself hold parentheses and spaces: fields begin after the last one.
    guard count > 0, let opening = bytes[..<count].firstIndex(of: UInt8(ascii: "(")),
      let closing = bytes[..<count].lastIndex(of: UInt8(ascii: ")")), opening < closing
    else { return nil }
    let fields = bytes[(closing + 1)..<count].split(separator: UInt8(ascii: " "))
    func number<N: FixedWidthInteger>(_ index: Int) -> N? { N(String(decoding: fields[index], as: UTF8.self)) }
    guard fields.count > 19, let state = fields[0].first, let parent: Int32 = number(1), let group: Int32 = number(2),
      let session: Int32 = number(3), let start: UInt64 = number(19)
    else { return nil }
    self.pid = pid
    self.name = String(decoding: bytes[(opening + 1)..<closing], as: UTF8.self)
    self.state = state
    self.parent = parent
    self.group = group
    self.session = session
    self.startTicks = start
  }

  /// False for a zombie and for one that is just vanishing.
  package var isAlive: Bool { state != UInt8(ascii: "Z") && state != UInt8(ascii: "X") }

  /// When it started, to the tick.
  package var started: BootInstant {
    BootInstant(nanoseconds: 0) + ProcessRecord.tick * Int64(clamping: startTicks)
  }

  /// The unit in which the kernel tells start times: 10 ms on most machines.
  package static let tick = Duration.nanoseconds(1_000_000_000 / max(1, sysconf(Int32(_SC_CLK_TCK))))
}
