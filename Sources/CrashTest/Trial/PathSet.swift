internal import PlanModel

/// Patterns that say which paths a step makes. There may be as many as a plan has steps, and most name one path.
struct PathSet {
  private let paths: Set<String>
  private let globs: [Glob]
  /// The folders that hold one of the paths.
  private let above: Set<String>

  init(_ patterns: some Sequence<PathPattern>) {
    self.init(patterns.filter { !$0.isNegated && !$0.isOpen }.compactMap { try? Glob(PathSet.trimmed($0.text)) })
  }

  init(_ globs: [Glob]) {
    paths = Set(globs.compactMap(\.literal))
    self.globs = globs.filter { $0.literal == nil }
    var above: Set<String> = []
    for path in paths {
      var name = path[...]
      while let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) {
        name = name[..<slash]
        // What is above it is known, too.
        if !above.insert(String(name)).inserted { break }
      }
    }
    self.above = above
  }

  /// A folder stands for what it holds.
  func covers(_ path: String) -> Bool {
    var name = path[...]
    while true {
      let text = String(name)
      if paths.contains(text) || globs.contains(where: { $0.matches(text) }) { return true }
      guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return false }
      name = name[..<slash]
    }
  }

  /// Whether something below a folder may be covered although the folder itself is not.
  func mayCover(below folder: String) -> Bool {
    globs.contains { $0.mayMatch(below: folder) } || above.contains(folder)
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    if text.hasPrefix("./") { text = text.dropFirst(2) }
    if text.hasSuffix("/"), text.utf8.count > 1 { text = text.dropLast() }
    return String(text)
  }
}
