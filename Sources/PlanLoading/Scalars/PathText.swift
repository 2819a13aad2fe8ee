/// Spelling of paths in plans: `/` between folders, relative to the project root.
package enum PathText {
  /// Why a text can't be a path; nil if it can.
  package static func problem(with text: String) -> String? {
    if text.isEmpty { return "the path is empty" }
    if text.utf8.contains(0) { return "the path holds a NUL character" }
    if text.utf8.count > 4096 { return "the path is longer than 4,096 bytes" }
    return nil
  }

  /// Without `./`, doubled slashes and a slash at the end, and with `a/../` taken away.
  package static func normalized(_ text: String) -> String {
    var parts: [Substring] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if text.hasPrefix("/") { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  /// Whether a normalized path points outside the folder that it is relative to.
  package static func leavesRoot(_ path: String) -> Bool {
    path.hasPrefix("/") || path == ".." || path.hasPrefix("../")
  }
}
