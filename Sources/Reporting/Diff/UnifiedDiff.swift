/// The difference of two texts in the form that `diff -u` writes and `patch` reads, without the names of files.
package struct UnifiedDiff {
  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]
  /// Unchanged lines around a change.
  private let context: Int
  private let changes: [LineDiff.Change]

  package init(old: [UInt8], new: [UInt8], context: Int = 3) {
    self.old = UnifiedDiff.lines(old)
    self.new = UnifiedDiff.lines(new)
    self.context = context
    changes = LineDiff(self.old, self.new).changes
  }

  /// With the names of files; empty if there is no difference.
  package func text(path: String, _ style: Style) -> String {
    if changes.isEmpty { return "" }
    let name = PrintableText.line(path)
    return style.paint("--- a/\(name)\n+++ b/\(name)", .heading) + "\n" + lines.map { $0.painted(style) }.joined()
  }

  var lines: [PathDiff.Line] {
    var lines: [PathDiff.Line] = []
    var first = 0
    while first < changes.count {
      var last = first
      // Changes whose contexts meet are shown in one piece.
      while last + 1 < changes.count,
        changes[last + 1].old.lowerBound - changes[last].old.upperBound <= 2 * context
      {
        last += 1
      }
      append(changes[first...last], to: &lines)
      first = last + 1
    }
    return lines
  }

  private func append(_ part: ArraySlice<LineDiff.Change>, to lines: inout [PathDiff.Line]) {
    guard let first = part.first, let last = part.last else { return }
    let lead = min(context, first.old.lowerBound)
    let trail = min(context, old.count - last.old.upperBound)
    let removed = first.old.lowerBound - lead..<last.old.upperBound + trail
    let added = first.new.lowerBound - lead..<last.new.upperBound + trail
    lines.append(.init(kind: .hunk, text: "@@ -\(range(removed)) +\(range(added)) @@"))
    var place = removed.lowerBound
    for change in part {
      for line in old[place..<change.old.lowerBound] { append(line, " ", .context, to: &lines) }
      for line in old[change.old] { append(line, "-", .removed, to: &lines) }
      for line in new[change.new] { append(line, "+", .added, to: &lines) }
      place = change.old.upperBound
    }
    for line in old[place..<removed.upperBound] { append(line, " ", .context, to: &lines) }
  }

  /// Where lines begin, and how many; of none the line before (diffutils manual, "Detailed Description of Unified
  /// Format").
  private func range(_ lines: Range<Int>) -> String {
    let first = lines.isEmpty ? lines.lowerBound : lines.lowerBound + 1
    return lines.count == 1 ? "\(first)" : "\(first),\(lines.count)"
  }

  private func append(
    _ line: ArraySlice<UInt8>, _ mark: String, _ kind: PathDiff.Line.Kind, to lines: inout [PathDiff.Line]
  ) {
    let isWhole = line.last == UInt8(ascii: "\n")
    lines.append(.init(kind: kind, text: mark + String(decoding: isWhole ? line.dropLast() : line, as: UTF8.self)))
    if !isWhole { lines.append(.init(kind: .note, text: "\\ No newline at end of file")) }
  }

  /// With their ends, so that a line without one is another line.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }
}
