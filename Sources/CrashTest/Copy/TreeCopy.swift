internal import Glibc
internal import Subprocess

/// Copies a tree: content, modes, times and links. Where the file system can share the content of files it does.
struct TreeCopy {
  let source: String
  let target: String
  /// The root that absolute links are taken to mean when they point below it.
  let linkRoot: String
  /// Paths, relative to the source, that are passed over with all that they hold.
  let leavesOut: (String) -> Bool

  /// - Returns: how many files were copied, and their size in bytes.
  @discardableResult
  func run() throws -> (files: Int, bytes: Int64) {
    var (files, bytes) = (0, Int64(0))
    var folders: [TreeItem] = []
    try makeFolder(target, 0o700)
    try TreeWalk.visit(source, skips: leavesOut) { item in
      switch item.kind {
      case .folder:
        try makeFolder("\(target)/\(item.path)", item.mode | 0o700)
        folders.append(item)
      case .file:
        try copy(item)
        files += 1
        bytes += item.size
      case .link: try link(item)
      case .other: break
      }
    }
    // What is made in a folder changes its time, and its mode may forbid making anything.
    for folder in folders.reversed() { finish(folder) }
    return (files, bytes)
  }

  private func makeFolder(_ path: String, _ mode: UInt32) throws {
    guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else {
      throw SystemError("make the folder \"\(path)\"", code: errno)
    }
  }

  private func copy(_ item: TreeItem) throws {
    let path = "\(target)/\(item.path)"
    let from = unsafe open("\(source)/\(item.path)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard from >= 0 else { throw SystemError("read \"\(source)/\(item.path)\"", code: errno) }
    defer { close(from) }
    let to = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard to >= 0 else { throw SystemError("write \"\(path)\"", code: errno) }
    defer { close(to) }
    let code = FileSharing.copy(from, to: to)
    guard code == 0 else { throw SystemError("copy to \"\(path)\"", code: code) }
    fchmod(to, item.mode)
    setTime(of: path, item)
  }

  private func finish(_ folder: TreeItem) {
    let path = "\(target)/\(folder.path)"
    unsafe chmod(path, folder.mode)
    setTime(of: path, folder)
  }

  private func setTime(of path: String, _ item: TreeItem) {
    let time = timespec(
      tv_sec: Int(item.modified / 1_000_000_000), tv_nsec: Int(item.modified % 1_000_000_000))
    unsafe utimensat(AT_FDCWD, path, [time, time], AT_SYMLINK_NOFOLLOW)
  }

  /// A link into the project by its absolute name would lead out of the copy, to what must not be touched.
  private func link(_ item: TreeItem) throws {
    guard var text = TreeCopy.linkText("\(source)/\(item.path)") else { return }
    if text == linkRoot || text.hasPrefix(linkRoot + "/") { text = target + text.dropFirst(linkRoot.count) }
    guard unsafe symlink(text, "\(target)/\(item.path)") == 0 else {
      throw SystemError("make the link \"\(target)/\(item.path)\"", code: errno)
    }
  }

  /// Where a link leads.
  static func linkText(_ path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: 4097)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer -> Int in
      guard let start = buffer.baseAddress else { return -1 }
      return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }
}
