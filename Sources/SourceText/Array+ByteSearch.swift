internal import Glibc

extension [UInt8] {
  /// The index of the first byte of a value at or after `start`; nil if there is none.
  ///
  /// By memchr, which looks at many bytes at a time: files are searched so from end to end.
  package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard start < count else { return nil }
    return unsafe withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, let found = unsafe memchr(base + start, Int32(byte), buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}
