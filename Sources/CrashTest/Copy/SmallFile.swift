internal import Glibc
internal import Subprocess

/// Files that are read and written as a whole.
enum SmallFile {
  /// - Returns: at most `limit` bytes; nil when the file can't be read.
  static func read(_ path: String, limit: Int = 64 << 20) -> [UInt8]? {
    read(at: Array(path.utf8CString), limit: limit)
  }

  /// - Parameter place: as the system takes it.
  static func read(at place: [CChar], limit: Int = 64 << 20) -> [UInt8]? {
    let file = unsafe open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count < limit {
      let count = unsafe Glibc.read(file, &piece, min(piece.count, limit - bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      bytes.append(contentsOf: piece[..<count])
    }
    return bytes
  }

  static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw SystemError("write \"\(path)\"", code: errno) }
    defer { close(file) }
    if let code = writeAll(bytes, to: file) { throw SystemError("write \"\(path)\"", code: code) }
  }
}
