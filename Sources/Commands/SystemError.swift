internal import Glibc

/// What the system says about an error number.
enum SystemError {
  /// `No space left on device`.
  static func text(_ number: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    // The GNU form returns the text, which may or may not be in the buffer.
    return unsafe buffer.withUnsafeMutableBufferPointer { room in
      guard let start = unsafe room.baseAddress, let text = unsafe strerror_r(number, start, room.count) else {
        return "error \(number)"
      }
      return unsafe String(cString: text)
    }
  }
}
