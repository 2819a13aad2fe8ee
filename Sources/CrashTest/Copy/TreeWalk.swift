internal import Glibc

/// What lies at a path of a tree.
struct TreeItem: Hashable {
  enum Kind: Hashable { case folder, file, link, other }

  /// Relative to the root of the walk.
  var path: TreePath
  var kind: Kind
  var mode: UInt32
  var size: Int64
  var inode: UInt64
  /// Nanoseconds since 1970.
  var modified: Int64

  /// nil when nothing is there.
  init?(_ path: TreePath, in root: String) {
    var info = stat()
    guard unsafe lstat(path.place(in: root), &info) == 0 else { return nil }
    self.path = path
    kind =
      switch info.st_mode & S_IFMT {
      case S_IFDIR: .folder
      case S_IFREG: .file
      case S_IFLNK: .link
      default: .other
      }
    mode = UInt32(info.st_mode & 0o7777)
    size = Int64(info.st_size)
    inode = UInt64(info.st_ino)
    modified = Int64(info.st_mtim.tv_sec) * 1_000_000_000 + Int64(info.st_mtim.tv_nsec)
  }
}

/// Goes through everything below a folder, a folder before what it holds.
enum TreeWalk {
  /// - Parameters:
  ///   - skips: whether a path, relative to the root, is passed over with all that it holds.
  static func visit(
    _ root: String, skips: (TreePath) -> Bool = { _ in false }, _ body: (TreeItem) throws -> Void
  ) rethrows {
    var folders: [TreePath] = [""]
    while let folder = folders.popLast() {
      for name in names(of: folder.place(in: root)).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        let path = folder.appending(name)
        guard !skips(path), let item = TreeItem(path, in: root) else { continue }
        try body(item)
        if item.kind == .folder { folders.append(path) }
      }
    }
  }

  /// How many names there are in a folder.
  static func count(in folder: String) -> Int { names(of: Array(folder.utf8CString)).count }

  /// Removes a folder with all that it holds, also where a program took its own rights away, and whatever bytes names
  /// are of.
  ///
  /// - Returns: whether nothing is left of it.
  @discardableResult
  static func remove(_ root: String) -> Bool {
    var folders: [[CChar]] = []
    var open = [Array(root.utf8CString)]
    while let folder = open.popLast() {
      unsafe chmod(folder, 0o700)
      folders.append(folder)
      for name in names(of: folder) {
        let path = folder.dropLast() + [CChar(UInt8(ascii: "/"))] + name.map { CChar(bitPattern: $0) } + [0]
        var info = stat()
        guard unsafe lstat(Array(path), &info) == 0 else { continue }
        if info.st_mode & S_IFMT == S_IFDIR { open.append(Array(path)) } else { unsafe unlink(Array(path)) }
      }
    }
    for folder in folders.reversed() { unsafe rmdir(folder) }
    var info = stat()
    return unsafe lstat(root, &info) != 0 && errno == ENOENT
  }

  /// Names as they are, without a zero at the end.
  private static func names(of folder: [CChar]) -> [[UInt8]] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      let dot = UInt8(ascii: ".")
      if name != [dot], name != [dot, dot] { names.append(name) }
    }
    return names
  }
}
