internal import CProcessSpawn
internal import Glibc

/// Bytes for a program's stdin in an anonymous file: unlike a pipe nobody has to feed it while the program writes, and
/// a program that does not read it breaks nothing.
package final class InputFile {
  package let descriptor: Int32

  /// - Throws: when the kernel has no memory or no descriptor left for it.
  package init(_ bytes: [UInt8]) throws(SystemError) {
    descriptor = unsafe execplan_memory_file("execplan-input")
    guard descriptor >= 0 else { throw SystemError("make an input file", code: -descriptor) }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes { piece in
        unsafe pwrite(descriptor, piece.baseAddress, piece.count, off_t(written))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SystemError("write an input file", code: errno) }
      written += count
    }
  }

  deinit { close(descriptor) }
}
