internal import Glibc

/// Keeps the numbers 0, 1 and 2 from being given to other files.
enum StandardDescriptors {
  /// Opens what the caller closed, in a direction that still fails: without that the journal or a log could become
  /// "standard output", and messages would be written into it.
  static func fill() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      // The lowest free number is this one.
      _ = unsafe open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }
}
