internal import Glibc

/// Writes all bytes to a descriptor, in as many calls as that takes.
///
/// - Returns: the `errno` of the call that failed, which is still that of the thread; nil when all is written.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  unsafe bytes.withUnsafeBytes { buffer in
    var written = 0
    while written < buffer.count {
      let count = unsafe write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      if count > 0 {
        written += count
      } else if count == 0 {
        // No file takes nothing for ever without an error; a loop must not depend on that.
        errno = EIO
        return EIO
      } else if errno == EAGAIN {
        // Somebody made the shared terminal or pipe non-blocking: wait until it takes more.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&wait, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }
}
