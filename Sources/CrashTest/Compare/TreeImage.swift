package import Digest
internal import Glibc
internal import SQLite

/// What a tree holds: contents, modes and where links lead; no times, no owners.
///
/// The name of the copy's own folder counts as one and the same in every copy, and an SQLite database as what is in it.
package struct TreeImage: Sendable {
  package enum Entry: Hashable, Sendable {
    case folder(mode: UInt32)
    case file(mode: UInt32, size: Int64, digest: SHA256Digest)
    case database(mode: UInt32, DatabaseImage)
    case link(TreePath)
    case other
    /// It can't be read: why.
    case unreadable(String)
  }

  package private(set) var entries: [TreePath: Entry] = [:]

  /// - Parameter root: of a copy.
  package init(_ root: String) {
    let needle = Array(root.utf8)
    TreeWalk.visit(root, skips: TreeImage.skips) { item in
      switch item.kind {
      case .folder: entries[item.path] = .folder(mode: item.mode)
      case .link:
        let text = TreeCopy.linkText(item.path, in: root) ?? ""
        entries[item.path] = .link(
          text.bytes.starts(with: needle)
            ? TreePath(bytes: [UInt8(ascii: ".")] + text.bytes.dropFirst(needle.count)) : text)
      case .other: entries[item.path] = .other
      case .file:
        let owner = TreeImage.owner(of: item.path) { TreeImage.isDatabase($0.place(in: root)) }
        if owner == item.path { entries[item.path] = TreeImage.file(item, in: root, needle) }
      }
    }
  }

  /// Adds what is not in the tree, but counts as if it were.
  mutating func add(_ database: DatabaseImage, at path: TreePath) { entries[path] = .database(mode: 0, database) }

  private static func file(_ item: TreeItem, in root: String, _ needle: [UInt8]) -> Entry {
    let place = item.path.place(in: root)
    // SQLite takes names of databases as text only; another one counts by its bytes.
    if let path = item.path.validText, isDatabase(place) {
      do {
        if let database = try DatabaseImage("\(root)/\(path)") { return .database(mode: item.mode, database) }
      } catch {
        return .unreadable("\(error)")
      }
    }
    var hash = SHA256()
    if item.size <= wholeLimit {
      guard let bytes = SmallFile.read(at: place) else { return .unreadable(String(errno)) }
      hash.update(replacing(needle, in: bytes))
    } else {
      let file = unsafe open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard file >= 0 else { return .unreadable(String(errno)) }
      defer { close(file) }
      do {
        try hash.update(file: "/proc/self/fd/\(file)")
      } catch {
        return .unreadable("\(error)")
      }
    }
    return .file(mode: item.mode, size: item.size, digest: hash.finish())
  }

  /// Larger files are read in pieces, and the name of the copy's folder in them counts as it is.
  private static let wholeLimit: Int64 = 32 << 20

  private static func replacing(_ needle: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    guard !needle.isEmpty, bytes.count >= needle.count else { return bytes }
    var result: [UInt8] = []
    var rest = 0
    var index = 0
    let last = bytes.count - needle.count
    while index <= last {
      if bytes[index] == needle[0], bytes[index..<(index + needle.count)].elementsEqual(needle) {
        result.append(contentsOf: bytes[rest..<index])
        result.append(UInt8(ascii: "."))
        index += needle.count
        rest = index
      } else {
        index += 1
      }
    }
    if rest == 0 { return bytes }
    result.append(contentsOf: bytes[rest...])
    return result
  }

  // MARK: What counts

  /// What execplan, git and Python keep for themselves.
  static func skips(_ path: TreePath) -> Bool {
    path == TreePath(ProjectCopies.state) || path == ".git" || path.name.elementsEqual("__pycache__".utf8)
  }

  /// What SQLite keeps beside a database belongs to it; other paths belong to nothing else.
  static func owner(of path: TreePath, isDatabase: (TreePath) -> Bool) -> TreePath {
    func owner(without length: Int) -> TreePath {
      let owner = TreePath(bytes: path.bytes.dropLast(length))
      return isDatabase(owner) ? owner : path
    }
    for suffix in ["-wal", "-shm", "-journal"] where path.hasSuffix(suffix) {
      return owner(without: suffix.utf8.count)
    }
    // The journal over several databases, `NAME-mjXXXXXXXXX`: a kill leaves it, and nobody reads it any more
    // (sqlite.org/atomiccommit.html, 5.5).
    let end = path.bytes.suffix(12)
    if end.starts(with: "-mj".utf8),
      end.dropFirst(3).allSatisfy({
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "A")...UInt8(ascii: "F") ~= $0
      })
    {
      return owner(without: 12)
    }
    return path
  }

  /// By the first bytes (sqlite.org/fileformat2.html, 1.3.1).
  private static func isDatabase(_ place: [CChar]) -> Bool {
    SmallFile.read(at: place, limit: 16).map { $0.elementsEqual(Array("SQLite format 3\0".utf8)) } ?? false
  }
}
