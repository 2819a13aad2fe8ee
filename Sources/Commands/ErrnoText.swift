internal import Glibc

/// What the system says about an error number.
enum ErrnoText {
  /// `No space left on device`.
  static func text(_ number: Int32) -> String {
    // glibc's strerror keeps a buffer for each thread and never returns null.
    unsafe String(cString: strerror(number))
  }
}
