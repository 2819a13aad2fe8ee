package import PlanModel

/// What of a project is in its copies.
package struct CopyChoice: Sendable {
  /// Paths that git ignores; a folder stands for what it holds.
  package var ignored: Set<String> = []
  /// Files that git knows nothing of and does not ignore.
  package var untracked: Set<String> = []
  /// The state directory, if it lies in the project.
  package var state: String?
  /// What a person wants in the copies although git ignores it.
  package var wanted: [Glob] = []
  /// What a person does not want in them.
  package var unwanted: [Glob] = []
  /// What the plan reads and does not make.
  package var read: [PathPattern] = []
  /// What the plan makes: it is left out where git knows nothing of it, for an earlier run has made it.
  package var made: [PathPattern] = []

  package init() {}

  package var leavesOut: @Sendable (String) -> Bool {
    let wanted = self.wanted + read.compactMap { $0.isNegated || $0.isOpen ? nil : try? Glob($0.text) }
    let (kept, dropped, made) = (PathSet(wanted), PathSet(unwanted), PathSet(self.made))
    // Most paths are neither ignored nor made, and need no look at any pattern.
    return { [ignored, untracked, state] path in
      if path == state || path == ProjectCopies.state || dropped.covers(path) { return true }
      if untracked.contains(path), made.covers(path) { return !kept.covers(path) }
      guard CopyChoice.holds(ignored, path) else { return false }
      return !kept.covers(path) && !kept.mayCover(below: path)
    }
  }

  /// What is left out because git ignores it, in order.
  package var leftOut: [String] {
    let leaves = leavesOut
    let ours = Set([state, ProjectCopies.state].compactMap { $0 })
    return ignored.filter { path in leaves(path) && !CopyChoice.holds(ours, path) }.sorted()
  }

  private static func holds(_ paths: Set<String>, _ path: String) -> Bool {
    var name = path[...]
    while true {
      if paths.contains(String(name)) { return true }
      guard let slash = name.lastIndex(of: "/") else { return false }
      name = name[..<slash]
    }
  }
}
