internal import SourceText

/// The path of a plan in a cell or line: the target of a link, text between backticks, or the text itself.
package enum PlanPath {
  private static let endings = [".md", ".markdown", ".yaml", ".yml", ".json"]

  /// Nil if what stands there is no path of a plan.
  static func read(_ source: SourceFile, _ range: SourceRange) -> Located<String>? {
    let cell = CellText(source, range)
    let words = cell.text.split(separator: " ").map(String.init)
    for path in cell.links.map(\.target) + words where isPlan(path) {
      return Located(withoutAnchor(path), range)
    }
    return nil
  }

  /// Whether a text is written like the path of a plan.
  package static func isPlan(_ text: String) -> Bool {
    let text = withoutAnchor(text).lowercased()
    return !text.contains(" ") && !text.contains("://") && endings.contains { text.hasSuffix($0) }
  }

  /// The paths relative to the project root that a path in a plan may mean: from the root, or from the plan's folder.
  package static func candidates(_ path: String, of plan: String) -> [String] {
    if path.hasPrefix("/") { return [path] }
    var folder = plan.split(separator: "/").dropLast().map(String.init)
    var isInside = true
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        folder.append(String(part))
      } else if folder.popLast() == nil {
        isInside = false
      }
    }
    let fromRoot = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    return isInside ? [fromRoot, folder.joined(separator: "/")] : [fromRoot]
  }

  private static func withoutAnchor(_ text: String) -> String {
    text.firstIndex(of: "#").map { String(text[..<$0]) } ?? text
  }
}
