internal import PlanModel

/// What a look at a tree shows without reading files: enough to see what has changed between two looks.
struct TreeGlance {
  private(set) var items: [TreePath: TreeItem] = [:]

  /// - Parameter root: of a copy.
  init(_ root: String) {
    TreeWalk.visit(root, skips: TreeImage.skips) { item in items[item.path] = item }
  }

  /// What is at some paths.
  func items(at paths: some Sequence<TreePath>) -> [TreePath: TreeItem] {
    Dictionary(paths.compactMap { path in items[path].map { (path, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether something matches a pattern.
  func holds(_ pattern: PathPattern) -> Bool {
    let set = PathSet([pattern])
    if pattern.isLiteral, items[TreePath(pattern.text)] != nil { return true }
    return items.keys.contains { set.covers($0.text) }
  }

  /// Paths that are there, gone or written since an earlier look, in order. The times of folders don't count, and what
  /// SQLite keeps beside a database is the database.
  func changes(since earlier: TreeGlance) -> [TreePath] {
    var changed: Set<TreePath> = []
    func owner(_ path: TreePath) -> TreePath {
      TreeImage.owner(of: path) { (items[$0] ?? earlier.items[$0])?.kind == .file }
    }
    for (path, item) in items {
      let before = earlier.items[path]
      if item.kind == .folder {
        if before?.kind != .folder || before?.mode != item.mode { changed.insert(path) }
      } else if before != item {
        changed.insert(owner(path))
      }
    }
    for path in earlier.items.keys where items[path] == nil { changed.insert(owner(path)) }
    return changed.sorted()
  }
}
