internal import CProcessSpawn
internal import Glibc

/// Reads captured output from an offset on, with a marker line in place of what was cut out.
///
/// The file may grow and be cut while it is read.
package struct OutputReader: ~Copyable {
  private let descriptor: Int32
  private let path: String
  /// Where the next read begins; an offset of the file as the program wrote it.
  package private(set) var offset: Int64
  private var lastByte = UInt8(ascii: "\n")

  /// - Throws: when the file cannot be opened.
  package init(path: String, from offset: Int64 = 0) throws(SystemError) {
    self.path = path
    self.offset = max(0, offset)
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw SystemError("open \"\(path)\"", code: errno) }
  }

  deinit { close(descriptor) }

  /// The length of the output, with what was cut out.
  package var size: Int64 {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
  }

  /// Moves on so that at most `count` bytes are left; what is between is never read. For a display that cannot keep
  /// pace with a program.
  package mutating func skip(toLast count: Int64) {
    offset = max(offset, size - count)
  }

  /// The next bytes, at most `limit` and a marker; nil at the present end.
  package mutating func next(limit: Int = 64 << 10) throws(SystemError) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: limit)
    var count: Int
    repeat {
      count = unsafe pread(descriptor, &bytes, limit, off_t(offset))
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw SystemError("read \"\(path)\"", code: errno) }
    guard count > 0 else { return nil }
    // Asked after reading: had the hole been made between the two, its zeros would pass for output.
    let hole = execplan_seek_hole(descriptor, offset)
    if hole == offset { return try marker() }
    // A file system that knows no holes answers with the end of the file or an error.
    let valid = hole > offset ? Int(min(Int64(count), hole - offset)) : count
    bytes.removeLast(bytes.count - valid)
    offset += Int64(valid)
    lastByte = bytes[valid - 1]
    return bytes
  }

  /// The end of what a program wrote, and whether there was more before; nil if it wrote nothing that can be read.
  package static func end(of path: String, atMost count: Int64) -> (bytes: [UInt8], isCut: Bool)? {
    guard var reader = try? OutputReader(path: path) else { return nil }
    reader.skip(toLast: count)
    let isCut = reader.offset > 0
    guard let bytes = try? reader.rest(), !bytes.isEmpty else { return nil }
    return (bytes, isCut)
  }

  /// All that is there from the present offset on.
  package mutating func rest() throws(SystemError) -> [UInt8] {
    var all: [UInt8] = []
    while let piece = try next() { all.append(contentsOf: piece) }
    return all
  }

  private mutating func marker() throws(SystemError) -> [UInt8] {
    let start = offset
    let data = execplan_seek_data(descriptor, offset)
    // ENXIO: nothing but the hole up to the end.
    offset = data > start ? data : size
    let line = "[execplan: \(offset - start) bytes cut here]\n"
    let text = lastByte == UInt8(ascii: "\n") ? line : "\n" + line
    lastByte = UInt8(ascii: "\n")
    return Array(text.utf8)
  }
}
