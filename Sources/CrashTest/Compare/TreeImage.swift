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
    case link(String)
    case other
    /// It can't be read: why.
    case unreadable(String)
  }

  package private(set) var entries: [String: Entry] = [:]

  /// - Parameter root: of a copy.
  package init(_ root: String) {
    let needle = Array(root.utf8)
    TreeWalk.visit(root, skips: TreeImage.skips) { item in
      let path = "\(root)/\(item.path)"
      switch item.kind {
      case .folder: entries[item.path] = .folder(mode: item.mode)
      case .link:
        let text = TreeCopy.linkText(path) ?? ""
        entries[item.path] = .link(text.hasPrefix(root) ? "." + text.dropFirst(root.utf8.count) : text)
      case .other: entries[item.path] = .other
      case .file:
        let owner = TreeImage.owner(of: item.path) { TreeImage.isDatabase("\(root)/\($0)") }
        if owner == item.path { entries[item.path] = TreeImage.file(path, item, needle) }
      }
    }
  }

  /// Adds what is not in the tree, but counts as if it were.
  mutating func add(_ database: DatabaseImage, at path: String) { entries[path] = .database(mode: 0, database) }

  private static func file(_ path: String, _ item: TreeItem, _ needle: [UInt8]) -> Entry {
    if isDatabase(path) {
      do {
        if let database = try DatabaseImage(path) { return .database(mode: item.mode, database) }
      } catch {
        return .unreadable("\(error)")
      }
    }
    var hash = SHA256()
    if item.size <= wholeLimit {
      guard let bytes = SmallFile.read(path) else { return .unreadable(String(errno)) }
      hash.update(replacing(needle, in: bytes))
    } else {
      do {
        try hash.update(file: path)
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
  static func skips(_ path: String) -> Bool {
    path == ProjectCopies.state || path == ".git" || path == "__pycache__" || path.hasSuffix("/__pycache__")
  }

  /// What SQLite keeps beside a database belongs to it; other paths belong to nothing else.
  static func owner(of path: String, isDatabase: (String) -> Bool) -> String {
    for suffix in ["-wal", "-shm", "-journal"] where path.hasSuffix(suffix) {
      let owner = String(path.dropLast(suffix.utf8.count))
      return isDatabase(owner) ? owner : path
    }
    // The journal over several databases, `NAME-mjXXXXXXXXX`: a kill leaves it, and nobody reads it any more
    // (sqlite.org/atomiccommit.html, 5.5).
    let bytes = path.utf8.suffix(12)
    if bytes.starts(with: "-mj".utf8),
      bytes.dropFirst(3).allSatisfy({
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "A")...UInt8(ascii: "F") ~= $0
      })
    {
      let owner = String(path.dropLast(12))
      return isDatabase(owner) ? owner : path
    }
    return path
  }

  /// By the first bytes (sqlite.org/fileformat2.html, 1.3.1).
  private static func isDatabase(_ path: String) -> Bool {
    SmallFile.read(path, limit: 16).map { $0.elementsEqual(Array("SQLite format 3\0".utf8)) } ?? false
  }
}
