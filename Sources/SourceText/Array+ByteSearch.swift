internal import Glibc

extension [UInt8] {
  /// The index of the first byte of a value at or after `start`; nil if there is none.
  ///
  /// By memchr, which looks at many bytes at a time: files are searched so from end to end.
  package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    firstIndex(of: byte, in: start..<Swift.max(start, count))
  }

  /// The index of the first byte of a value in a part; nil if there is none.
  package func firstIndex(of byte: UInt8, in part: Range<Int>) -> Int? {
    let part = part.clamped(to: 0..<count)
    guard !part.isEmpty else { return nil }
    return unsafe withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, let found = unsafe memchr(base + part.lowerBound, Int32(byte), part.count)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// The first place in a part at which a few bytes stand; nil if they stand nowhere in it.
  ///
  /// The standard library's search is generic: its set-up alone takes longer than a short text.
  package func firstIndex(of bytes: [UInt8], in part: Range<Int>) -> Int? {
    guard let first = bytes.first else { return nil }
    var place = part.lowerBound
    while let found = firstIndex(of: first, in: place..<Swift.max(place, part.upperBound - bytes.count + 1)) {
      if has(bytes, at: found) { return found }
      place = found + 1
    }
    return nil
  }

  /// Whether some bytes stand at a place.
  package func has(_ bytes: [UInt8], at place: Int) -> Bool {
    guard place >= 0, bytes.count <= count - place else { return false }
    return unsafe withUnsafeBytes { buffer in
      unsafe bytes.withUnsafeBytes { wanted in
        guard let base = buffer.baseAddress, let first = wanted.baseAddress else { return true }
        return unsafe memcmp(base + place, first, wanted.count) == 0
      }
    }
  }
}
