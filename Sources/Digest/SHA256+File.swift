internal import Glibc

extension SHA256 {
  /// The digest of a file's content, streamed in pieces of 256 KiB.
  ///
  /// - Throws: `DigestError` when the file cannot be opened or read.
  package static func digest(ofFile path: String) throws(DigestError) -> SHA256Digest {
    var hash = SHA256()
    try hash.update(file: path)
    return hash.finish()
  }

  /// Adds a file's content.
  package mutating func update(file path: String) throws(DigestError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DigestError(path: path, code: errno) }
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 64)
    defer { unsafe piece.deallocate() }
    while true {
      let count = unsafe read(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw DigestError(path: path, code: errno) }
      if count == 0 { return }
      unsafe update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }
}

/// A file that could not be read for its digest.
package struct DigestError: Error, CustomStringConvertible {
  package let path: String
  /// The `errno` of the call that failed.
  package let code: Int32

  package var description: String { unsafe "\(path): \(String(cString: strerror(code)))" }
}
