internal import Glibc

/// Which boot of which machine this process runs on, and in which pid namespace.
package struct Machine: Hashable, Sendable {
  /// Changes at every boot; empty where the kernel does not say.
  package var bootID: String
  package var host: String
  /// The inode of the pid namespace: a pid means nothing outside it; 0 where the kernel does not say.
  package var pidNamespace: Int64

  package init(bootID: String, host: String, pidNamespace: Int64) {
    self.bootID = bootID
    self.host = host
    self.pidNamespace = pidNamespace
  }

  package static let current = Machine(bootID: readBootID(), host: readHost(), pidNamespace: readPIDNamespace())

  /// Nanoseconds since the boot, time asleep included (CLOCK_BOOTTIME).
  package static var boottimeNanoseconds: UInt64 {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_BOOTTIME, &time) == 0 else { return 0 }
    return UInt64(clamping: time.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
  }

  private static func readBootID() -> String {
    let path = "/proc/sys/kernel/random/boot_id"
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = unsafe read(file, &buffer, buffer.count)
    guard count > 0 else { return "" }
    return String(decoding: buffer[..<count].prefix { $0 > 0x20 }, as: UTF8.self)
  }

  private static func readHost() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func readPIDNamespace() -> Int64 {
    var status = stat()
    return unsafe stat("/proc/self/ns/pid", &status) == 0 ? Int64(truncatingIfNeeded: status.st_ino) : 0
  }
}
