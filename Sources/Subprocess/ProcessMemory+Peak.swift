internal import Glibc
internal import Synchronization

extension ProcessMemory {
  /// Of a child's largest resident set what is its own; nil when it can't be told.
  ///
  /// A child shares the memory of its parent until it executes its program, and the kernel counts that in: no child
  /// seems to have used less than its parent had used by then (`exec_mmap` in the kernel's fs/exec.c). So only what
  /// is above all that this process ever used is known to be the child's.
  static func own(ofChild resident: Int64) -> Int64? {
    if resident <= known.withLock({ $0 }) + tolerance { return nil }
    guard let peak = peak() else { return nil }
    known.withLock { $0 = max($0, peak) }
    return resident > peak + tolerance ? resident : nil
  }

  /// What was last seen of `peak`: it never falls, so most children need no second look.
  private static let known = Mutex<Int64>(0)
  /// KiB: the kernel sums up the counters of its processors more or less exactly.
  private static let tolerance: Int64 = 1024

  /// The largest resident set that this process had since it was started, KiB (`VmHWM`, proc(5)).
  package static func peak() -> Int64? {
    let file = unsafe open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
    guard count > 0 else { return nil }
    for line in bytes[..<count].split(separator: UInt8(ascii: "\n")) where line.starts(with: "VmHWM:".utf8) {
      return Int64(String(decoding: line.filter { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }, as: UTF8.self))
    }
    return nil
  }
}
