internal import Glibc

/// Which mount a file lies on.
enum Mount {
  /// A number that no other mount of this boot has at the same time, nor, as a rule, later; 0 where the kernel does not
  /// say. The field `mnt_id` of proc_pid_fdinfo(5).
  static func id(of file: Int32) -> UInt64 {
    let info = unsafe open("/proc/self/fdinfo/\(file)", O_RDONLY | O_CLOEXEC)
    guard info >= 0 else { return 0 }
    defer { close(info) }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = unsafe read(info, &buffer, buffer.count)
    guard count > 0 else { return 0 }
    for line in buffer[..<count].split(separator: 0x0A) where line.starts(with: Array("mnt_id:".utf8)) {
      let digits = line.dropFirst(7).drop { $0 == 0x20 || $0 == 0x09 }
      return UInt64(String(decoding: digits, as: UTF8.self)) ?? 0
    }
    return 0
  }
}
