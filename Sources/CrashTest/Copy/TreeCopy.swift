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
  var isCancelled: () -> Bool = { false }

  /// What was copied.
  struct Outcome {
    var files = 0
    var bytes: Int64 = 0
    /// `.git` files and links that lead to a repository elsewhere by an absolute name: git would work in that one.
    var severed: [String] = []
  }

  /// - Throws: `TrialCancelled` when it is cancelled.
  @discardableResult
  func run() throws -> Outcome {
    var outcome = Outcome()
    var folders: [TreeItem] = []
    try makeFolder(target, 0o700)
    try TreeWalk.visit(source, skips: leavesOut) { item in
      if isCancelled() { throw TrialCancelled() }
      if leadsElsewhere(item) {
        outcome.severed.append(item.path)
        return
      }
      switch item.kind {
      case .folder:
        try makeFolder("\(target)/\(item.path)", item.mode | 0o700)
        folders.append(item)
      case .file:
        try copy(item)
        outcome.files += 1
        outcome.bytes += item.size
      case .link: try link(item)
      case .other: break
      }
    }
    // What is made in a folder changes its time, and its mode may forbid making anything.
    for folder in folders.reversed() { finish(folder) }
    return outcome
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
    if let inner = innerTarget(text, of: item) { text = inner.isEmpty ? target : "\(target)/\(inner)" }
    guard unsafe symlink(text, "\(target)/\(item.path)") == 0 else {
      throw SystemError("make the link \"\(target)/\(item.path)\"", code: errno)
    }
  }

  /// The path within the project that a link leads to by a name that would lead there from the copy, too.
  private func innerTarget(_ text: String, of item: TreeItem) -> String? {
    let isAbsolute = text.hasPrefix("/")
    let names = text.split(separator: "/").filter { $0 != "." }
    if !isAbsolute {
      // A relative name stays in the copy unless it leaves the root.
      var depth = item.path.utf8.count { $0 == UInt8(ascii: "/") }
      guard
        names.contains(where: { name in
          depth += name == ".." ? -1 : 1
          return depth < 0
        })
      else { return nil }
    } else if !names.contains("..") {
      let plain = "/" + names.joined(separator: "/")
      if let inner = RealPath.inner(plain, of: linkRoot) { return inner }
    }
    let path = isAbsolute ? text : "\(source)/\(RealPath.parent("/" + item.path).dropFirst())/\(text)"
    let project = RealPath.orSame(linkRoot)
    return RealPath.inner(RealPath.place(of: path), of: project)
      ?? RealPath.inner(RealPath.ofMissing(path), of: project)
  }

  private func leadsElsewhere(_ item: TreeItem) -> Bool {
    guard item.path == ".git" || item.path.hasSuffix("/.git") else { return false }
    let path = "\(source)/\(item.path)"
    switch item.kind {
    case .file:
      let bytes = SmallFile.read(path, limit: 4096) ?? []
      return String(decoding: bytes, as: UTF8.self).hasPrefix("gitdir: /")
    case .link:
      guard let text = TreeCopy.linkText(path) else { return false }
      return text.hasPrefix("/") && innerTarget(text, of: item) == nil
    case .folder, .other: return false
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
