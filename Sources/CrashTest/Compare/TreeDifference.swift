/// A path at which two trees differ.
package struct TreeDifference: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Only in the second tree.
    case extra
    /// Only in the first tree.
    case missing
    case content
    case mode(UInt32, UInt32)
    /// One is a file and the other a folder, a link or a database.
    case type
    case link(TreePath, TreePath)
    case database([DatabaseImage.Place])
    case unreadable(String)
  }

  package var path: TreePath
  package var kind: Kind
  /// Bytes in the first and the second tree, of files.
  package var sizes: (Int64, Int64)?

  /// Whether nothing differs but values of some columns of a database.
  var isOfColumns: Bool {
    guard case .database(let places) = kind else { return false }
    return places.allSatisfy { if case .column = $0 { true } else { false } }
  }

  package static func == (a: TreeDifference, b: TreeDifference) -> Bool { a.path == b.path && a.kind == b.kind }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(kind)
  }

  /// All differences, by path. Of a folder that is there in one tree only, what it holds is not told once more.
  package static func all(_ first: TreeImage, _ second: TreeImage) -> [TreeDifference] {
    var result: [TreeDifference] = []
    var told: TreePath?
    for path in Set(first.entries.keys).union(second.entries.keys).sorted() {
      if let told, path.lies(in: told) { continue }
      guard let difference = difference(at: path, first.entries[path], second.entries[path]) else { continue }
      result.append(difference)
      if difference.kind == .extra || difference.kind == .missing { told = path }
    }
    return result
  }

  private static func difference(
    at path: TreePath, _ first: TreeImage.Entry?, _ second: TreeImage.Entry?
  ) -> TreeDifference? {
    guard let first else { return TreeDifference(path: path, kind: .extra) }
    guard let second else { return TreeDifference(path: path, kind: .missing) }
    if first == second { return nil }
    switch (first, second) {
    case (.file(let mode, let size, let digest), .file(let otherMode, let otherSize, let otherDigest)):
      return TreeDifference(
        path: path, kind: digest == otherDigest ? .mode(mode, otherMode) : .content, sizes: (size, otherSize))
    case (.folder(let mode), .folder(let otherMode)):
      return TreeDifference(path: path, kind: .mode(mode, otherMode))
    case (.database(let mode, let image), .database(let otherMode, let otherImage)):
      let places = image.places(differingIn: otherImage)
      return TreeDifference(path: path, kind: places.isEmpty ? .mode(mode, otherMode) : .database(places))
    case (.link(let target), .link(let otherTarget)):
      return TreeDifference(path: path, kind: .link(target, otherTarget))
    case (.unreadable(let why), _), (_, .unreadable(let why)):
      return TreeDifference(path: path, kind: .unreadable(why))
    default: return TreeDifference(path: path, kind: .type)
    }
  }

  /// How the path differs, as it follows the path.
  package var text: String {
    switch kind {
    case .extra: return "is there, and was not"
    case .missing: return "is not there"
    case .content:
      guard let (first, second) = sizes, first != second else { return "has other content" }
      return "has other content, \(second) bytes in place of \(first)"
    case .mode(let first, let second):
      return "has the mode \(String(second, radix: 8)) in place of \(String(first, radix: 8))"
    case .type: return "is of another kind"
    case .link(let first, let second): return "leads to \(second) in place of \(first)"
    case .unreadable(let why): return "can't be read: \(why)"
    case .database(let places):
      return places.map { place in
        switch place {
        case .schema(let name): "\"\(name)\" is declared otherwise"
        case .rows(let table, let first, let second):
          first == second
            ? "rows of \"\(table)\" hold other values" : "\"\(table)\" has \(second) rows in place of \(first)"
        case .column(let table, let column): "\"\(table)\" has other values in \"\(column)\""
        }
      }.joined(separator: "; ")
    }
  }
}
