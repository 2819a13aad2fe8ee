internal import Glibc

/// What lies at a path of a tree.
struct TreeItem: Hashable {
  enum Kind: Hashable { case folder, file, link, other }

  /// Relative to the root of the walk.
  var path: String
  var kind: Kind
  var mode: UInt32
  var size: Int64
  var inode: UInt64
  /// Nanoseconds since 1970.
  var modified: Int64

  /// nil when nothing is there.
  init?(_ path: String, in root: String) {
    var info = stat()
    guard unsafe lstat("\(root)/\(path)", &info) == 0 else { return nil }
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
    _ root: String, skips: (String) -> Bool = { _ in false }, _ body: (TreeItem) throws -> Void
  ) rethrows {
    var folders = [""]
    while let folder = folders.popLast() {
      for name in names(of: folder.isEmpty ? root : "\(root)/\(folder)").sorted() {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        guard !skips(path), let item = TreeItem(path, in: root) else { continue }
        try body(item)
        if item.kind == .folder { folders.append(path) }
      }
    }
  }

  static func names(of folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes a folder with all that it holds, also where a program took its own rights away.
  static func remove(_ root: String) {
    var folders: [String] = []
    visit(root) { item in
      let path = "\(root)/\(item.path)"
      if item.kind == .folder {
        if item.mode & 0o700 != 0o700 { unsafe chmod(path, 0o700) }
        folders.append(path)
      } else {
        unsafe unlink(path)
      }
    }
    for folder in folders.reversed() { unsafe rmdir(folder) }
    unsafe rmdir(root)
  }
}
