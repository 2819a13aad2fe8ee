internal import Executor
internal import Glibc
internal import PlanDocument
internal import PlanModel
internal import SourceText

/// Reads plan files.
enum PlanFile {
  /// Larger files are refused before they are read.
  static let sizeLimit = 64 << 20

  /// - Throws: `CommandFailure` with exit code 3 when the file can't be read.
  static func read(_ path: String) throws(CommandFailure) -> SourceFile {
    SourceFile(path: PathName.shown(path), bytes: try bytes(path))
  }

  static func bytes(_ path: String, limit: Int = sizeLimit) throws(CommandFailure) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    return try read(file, path, limit)
  }

  /// The plan that comes on standard input.
  static func standardInput(name: String) throws(CommandFailure) -> SourceFile {
    SourceFile(path: name, bytes: try read(0, name, sizeLimit))
  }

  private static func read(_ file: Int32, _ path: String, _ limit: Int) throws(CommandFailure) -> [UInt8] {
    var info = stat()
    if unsafe fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFDIR {
      throw CommandFailure(.invalidPlan, "\"\(path)\" is a folder, not a plan")
    }
    var bytes: [UInt8] = []
    // Most files are read at once; that nothing more comes is seen after.
    var capacity = info.st_size > 0 && info.st_size < limit ? Int(info.st_size) : 64 * 1024
    while true {
      var count = 0
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
        unsafe count = Glibc.read(file, buffer.baseAddress, buffer.count)
        filled = max(0, count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      if count == 0 { return bytes }
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      capacity = 64 * 1024
      guard bytes.count <= limit else {
        throw CommandFailure(.invalidPlan, "\"\(path)\" is larger than \(limit >> 10) KiB")
      }
    }
  }

  private static func failure(_ path: String) -> CommandFailure {
    CommandFailure(.invalidPlan, "cannot read \"\(path)\": \(ErrnoText.text(errno))")
  }
}
