internal import Glibc

/// Reads small files of the system.
enum TextFile {
  /// The whole text; nil if the file cannot be read.
  static func read(_ path: String) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
      if count > 0 { bytes += chunk[..<count] } else if count == 0 { break } else if errno != EINTR { return nil }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
