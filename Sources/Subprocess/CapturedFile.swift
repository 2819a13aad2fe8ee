internal import CProcessSpawn
internal import Glibc

/// How much of a program's output is kept.
package struct CaptureLimits: Hashable, Sendable {
  /// Bytes on disk above which the middle is cut out.
  package var total: Int64
  /// Bytes kept from the beginning.
  package var head: Int64

  package static let `default` = CaptureLimits(total: 64 << 20, head: 1 << 20)

  /// Values are rounded up to what a file system can cut; `total` is at least twice `head`.
  package init(total: Int64, head: Int64) {
    self.head = max(CaptureLimits.grain, (head + CaptureLimits.grain - 1) / CaptureLimits.grain * CaptureLimits.grain)
    self.total = max(total, self.head * 2)
  }

  /// Holes begin and end at multiples of this: the largest block size of ext4, XFS and Btrfs. At other places the
  /// kernel writes zeros instead of freeing.
  static let grain: Int64 = 64 << 10
}

/// A file that takes the output of an attempt straight from the program, so that neither is hurt by our death.
///
/// `trim()` keeps it bounded by freeing blocks in its middle; the length and the offsets stay.
package final class CapturedFile {
  package let path: String
  /// For the child; opened for appending.
  package let descriptor: Int32
  private let limits: CaptureLimits
  /// Where the kept tail begins once something was cut.
  private var tailStart: Int64

  /// Makes the file with mode 0600.
  ///
  /// - Throws: `EEXIST` when something has that name, even a link.
  package init(creating path: String, limits: CaptureLimits = .default) throws(SystemError) {
    self.path = path
    self.limits = limits
    tailStart = limits.head
    descriptor = unsafe execplan_create_exclusive(path)
    guard descriptor >= 0 else { throw SystemError("create \"\(path)\"", code: -descriptor) }
  }

  deinit { close(descriptor) }

  /// Bytes written so far, with those cut out.
  package var size: Int64 {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
  }

  /// Cuts the middle out if the file has become too large. Call it from time to time while the program runs, and once
  /// after its end.
  ///
  /// A cut leaves half of what is allowed for the tail, so that the work stays proportional to the output.
  /// - Returns: bytes cut out in all.
  /// - Throws: `EOPNOTSUPP` when the file system cannot free the middle of a file.
  @discardableResult
  package func trim() throws(SystemError) -> Int64 {
    let size = self.size
    if size - tailStart + limits.head > limits.total {
      let end = (size - (limits.total - limits.head) / 2) / CaptureLimits.grain * CaptureLimits.grain
      if end > tailStart {
        let result = execplan_punch_hole(descriptor, limits.head, end - limits.head)
        guard result >= 0 else { throw SystemError("cut out the middle of \"\(path)\"", code: -result) }
        tailStart = end
      }
    }
    return tailStart - limits.head
  }
}
