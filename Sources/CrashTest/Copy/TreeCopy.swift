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
    try makeFolder("", 0o700)
    func skips(_ path: TreePath) -> Bool { leavesOut(path.text) }
    try TreeWalk.visit(source, skips: skips) { item in
      if isCancelled() { throw TrialCancelled() }
      if leadsElsewhere(item) {
        outcome.severed.append(item.path.description)
        return
      }
      switch item.kind {
      case .folder:
        try makeFolder(item.path, item.mode | 0o700)
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

  private func makeFolder(_ path: TreePath, _ mode: UInt32) throws {
    guard unsafe mkdir(path.place(in: target), mode) == 0 || errno == EEXIST else {
      throw failure("make the folder", path, in: target)
    }
  }

  private func failure(_ what: String, _ path: TreePath, in root: String) -> SystemError {
    let code = errno
    return SystemError("\(what) \"\(path.bytes.isEmpty ? root : "\(root)/\(path)")\"", code: code)
  }

  private func copy(_ item: TreeItem) throws {
    let from = unsafe open(item.path.place(in: source), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard from >= 0 else { throw failure("read", item.path, in: source) }
    defer { close(from) }
    let to = unsafe open(item.path.place(in: target), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard to >= 0 else { throw failure("write", item.path, in: target) }
    defer { close(to) }
    errno = FileSharing.copy(from, to: to)
    guard errno == 0 else { throw failure("copy to", item.path, in: target) }
    fchmod(to, item.mode)
    setTime(of: item)
  }

  private func finish(_ folder: TreeItem) {
    unsafe chmod(folder.path.place(in: target), folder.mode)
    setTime(of: folder)
  }

  private func setTime(of item: TreeItem) {
    let time = timespec(
      tv_sec: Int(item.modified / 1_000_000_000), tv_nsec: Int(item.modified % 1_000_000_000))
    unsafe utimensat(AT_FDCWD, item.path.place(in: target), [time, time], AT_SYMLINK_NOFOLLOW)
  }

  /// A link into the project by its absolute name would lead out of the copy, to what must not be touched.
  private func link(_ item: TreeItem) throws {
    guard var text = TreeCopy.linkText(item.path, in: source) else { return }
    if let plain = text.validText {
      if let inner = innerTarget(plain, of: item) { text = TreePath(inner.isEmpty ? target : "\(target)/\(inner)") }
    } else if text.lies(in: TreePath(linkRoot)) {
      text = TreePath(bytes: Array(target.utf8) + text.bytes.dropFirst(linkRoot.utf8.count))
    }
    guard unsafe symlink(text.terminated, item.path.place(in: target)) == 0 else {
      throw failure("make the link", item.path, in: target)
    }
  }

  /// The path within the project that a link leads to by a name that would lead there from the copy, too.
  private func innerTarget(_ text: String, of item: TreeItem) -> String? {
    let isAbsolute = text.hasPrefix("/")
    let names = text.split(separator: "/").filter { $0 != "." }
    if !isAbsolute {
      // A relative name stays in the copy unless it leaves the root.
      var depth = item.path.depth
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
    let path = isAbsolute ? text : "\(source)/\(item.path.parent?.text ?? "")/\(text)"
    let project = RealPath.orSame(linkRoot)
    return RealPath.inner(RealPath.place(of: path), of: project)
      ?? RealPath.inner(RealPath.ofMissing(path), of: project)
  }

  private func leadsElsewhere(_ item: TreeItem) -> Bool {
    if item.kind == .link, let text = TreeCopy.linkText(item.path, in: source), text.validText == nil {
      // It leads into the project, but how it would into the copy can't be told.
      return !text.lies(in: TreePath(linkRoot)) && innerTarget(text.text, of: item) != nil
    }
    guard item.path.name.elementsEqual(".git".utf8) else { return false }
    switch item.kind {
    case .file:
      let bytes = SmallFile.read(at: item.path.place(in: source), limit: 4096) ?? []
      return bytes.starts(with: "gitdir: /".utf8)
    case .link:
      guard let text = TreeCopy.linkText(item.path, in: source)?.validText else { return false }
      return text.hasPrefix("/") && innerTarget(text, of: item) == nil
    case .folder, .other: return false
    }
  }

  /// Where a link leads.
  static func linkText(_ path: TreePath, in root: String) -> TreePath? {
    var bytes = [UInt8](repeating: 0, count: 4097)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer -> Int in
      guard let start = buffer.baseAddress else { return -1 }
      return unsafe readlink(path.place(in: root), start.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    return count < 0 ? nil : TreePath(bytes: Array(bytes[..<count]))
  }
}
