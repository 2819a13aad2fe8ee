internal import Executor
internal import Reporting

/// A text file that is to be made, or changed in one place.
struct FileChange: Hashable, Sendable {
  /// Relative to the project root.
  let path: String
  /// Nil: there is no such file yet.
  let old: String?
  let new: String

  /// Longer additions are shown by their beginning: a schema is not there to be read.
  private static let shownLines = 24
  /// Unchanged lines around a change.
  private static let context = 2

  func write(below root: String) throws(CommandFailure) {
    let target = root + "/" + path
    if old == nil {
      try NewFile.write(Array(new.utf8), to: target)
    } else {
      try AtomicFile.replace(target, with: Array(new.utf8))
    }
  }

  /// The change as a unified diff of one hunk.
  func diff(_ style: Style) -> String {
    let before = lines(old ?? "")
    let after = lines(new)
    let start = zip(before, after).prefix { $0 == $1 }.count
    let end = zip(before[start...].reversed(), after[start...].reversed()).prefix { $0 == $1 }.count
    let first = max(0, start - FileChange.context)
    let below = min(FileChange.context, end)
    let removed = before[start..<before.count - end]
    let added = after[start..<after.count - end]
    var out = style.paint("--- \(old == nil ? "/dev/null" : "a/" + path)\n+++ b/\(path)", .heading) + "\n"
    let hunk = { (count: Int) in start - first + count + below }
    out += style.paint(
      "@@ -\(old == nil ? 0 : first + 1),\(hunk(removed.count)) +\(first + 1),\(hunk(added.count)) @@", .running)
    out += "\n" + before[first..<start].map { " \(PrintableText.line($0))\n" }.joined()
    out += marked(removed, "-", .error, style) + marked(added, "+", .success, style)
    out += before[(before.count - end)..<(before.count - end + below)].map { " \(PrintableText.line($0))\n" }.joined()
    return out
  }

  private func marked(_ lines: ArraySlice<String>, _ mark: String, _ role: Style.Role, _ style: Style) -> String {
    let isLong = lines.count > FileChange.shownLines
    let shown = isLong ? lines.prefix(FileChange.shownLines / 3) : lines
    let rest = isLong ? "\(mark) … (\(lines.count - shown.count) more lines)\n" : ""
    return shown.map { style.paint(mark + PrintableText.line($0), role) + "\n" }.joined() + rest
  }

  private func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.last == "\r" ? String($0.dropLast()) : String($0)
    }
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
