internal import Glibc
internal import Subprocess

/// Gives a copy of a project a git repository of its own: with the commits of the real one, which are read where they
/// are, and without a way back to it. A `git commit` in a copy stays there, and there is nowhere to push to.
enum GitCopy {
  /// Makes `.git` in the copy if there is one at the root.
  static func make(from root: String, to copy: String) throws {
    guard let folder = gitFolder(of: root) else { return }
    let shared = commonFolder(of: folder)
    let target = copy + "/.git"
    for name in ["", "/objects", "/objects/info", "/refs", "/info"] {
      guard unsafe mkdir(target + name, 0o755) == 0 || errno == EEXIST else {
        throw SystemError("make the folder \"\(target)\(name)\"", code: errno)
      }
    }
    try SmallFile.write("\(shared)/objects\n", to: target + "/objects/info/alternates")
    for (place, name) in [(folder, "HEAD"), (folder, "index"), (shared, "packed-refs"), (shared, "shallow")]
      + [(shared, "info/exclude")]
    {
      if let bytes = SmallFile.read("\(place)/\(name)") { try SmallFile.write(bytes, to: "\(target)/\(name)") }
    }
    let refs = TreeCopy(source: shared + "/refs", target: target + "/refs", linkRoot: root, leavesOut: { _ in false })
    try refs.run()
    let configuration = SmallFile.read(shared + "/config").map { String(decoding: $0, as: UTF8.self) } ?? ""
    try SmallFile.write(withoutRemotes(configuration), to: target + "/config")
  }

  /// `.git`, or what a `.git` file of a worktree or a submodule names.
  private static func gitFolder(of root: String) -> String? {
    let path = root + "/.git"
    guard let item = TreeItem(".git", in: root) else { return nil }
    if item.kind == .folder { return path }
    guard let bytes = SmallFile.read(path) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("gitdir: ") else { return nil }
    let name = text.dropFirst(8).prefix { $0 != "\n" }
    return name.hasPrefix("/") ? String(name) : "\(root)/\(name)"
  }

  /// Where the commits are: all worktrees of a repository share them.
  private static func commonFolder(of folder: String) -> String {
    guard let bytes = SmallFile.read(folder + "/commondir") else { return folder }
    let name = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
    return name.hasPrefix("/") ? name : "\(folder)/\(name)"
  }

  /// The settings without those that name other places.
  static func withoutRemotes(_ text: String) -> String {
    var kept: [Substring] = []
    var isKept = true
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.drop { $0 == " " || $0 == "\t" }.lowercased()
      if words.hasPrefix("[") {
        isKept = !["[remote", "[branch", "[url", "[include"].contains { words.hasPrefix($0) }
      }
      let names = words.hasPrefix("worktree") || words.hasPrefix("hookspath")
      if isKept, !names { kept.append(line) }
    }
    return kept.joined(separator: "\n")
  }
}
