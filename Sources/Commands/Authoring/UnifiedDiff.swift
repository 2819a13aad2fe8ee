internal import Reporting

/// The difference of two texts in the form that `diff -u` writes and `patch` reads.
struct UnifiedDiff {
  /// Unchanged lines around a change.
  private static let context = 2

  let path: String
  let old: [String]
  let new: [String]

  init(path: String, old: [UInt8], new: [UInt8]) {
    self.path = path
    self.old = UnifiedDiff.lines(old)
    self.new = UnifiedDiff.lines(new)
  }

  /// Empty if there is no difference.
  func text(_ style: Style) -> String {
    let (removed, added) = changes()
    var out = ""
    var before = 0
    var after = 0
    while before < old.count || after < new.count {
      guard let hunk = nextHunk(from: before, after, removed, added) else { break }
      let (first, firstNew) = (hunk.old.lowerBound, hunk.new.lowerBound)
      out +=
        style.paint(
          "@@ -\(hunk.old.isEmpty ? first : first + 1),\(hunk.old.count) "
            + "+\(hunk.new.isEmpty ? firstNew : firstNew + 1),\(hunk.new.count) @@", .running) + "\n"
      out += body(hunk, removed, added, style)
      (before, after) = (hunk.old.upperBound, hunk.new.upperBound)
    }
    return out.isEmpty ? "" : style.paint("--- a/\(path)\n+++ b/\(path)", .heading) + "\n" + out
  }

  private func changes() -> (removed: [Bool], added: [Bool]) {
    var removed = [Bool](repeating: false, count: old.count)
    var added = [Bool](repeating: false, count: new.count)
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed[offset] = true
      case .insert(let offset, _, _): added[offset] = true
      }
    }
    return (removed, added)
  }

  /// The next lines with a change, and the lines around them, from a place where both texts agree.
  private func nextHunk(
    from before: Int, _ after: Int, _ removed: [Bool], _ added: [Bool]
  ) -> (old: Range<Int>, new: Range<Int>)? {
    var (a, b) = (before, after)
    while a < old.count, b < new.count, !removed[a], !added[b] {
      a += 1
      b += 1
    }
    if a == old.count, b == new.count { return nil }
    let lead = min(UnifiedDiff.context, a - before)
    let start = (a - lead, b - lead)
    var unchanged = 0
    while a < old.count || b < new.count {
      if a < old.count, removed[a] {
        a += 1
        unchanged = 0
      } else if b < new.count, added[b] {
        b += 1
        unchanged = 0
      } else {
        if unchanged == 2 * UnifiedDiff.context { break }
        a += 1
        b += 1
        unchanged += 1
      }
    }
    let trail = max(0, unchanged - UnifiedDiff.context)
    return (start.0..<a - trail, start.1..<b - trail)
  }

  private func body(
    _ hunk: (old: Range<Int>, new: Range<Int>), _ removed: [Bool], _ added: [Bool], _ style: Style
  ) -> String {
    var out = ""
    var (a, b) = (hunk.old.lowerBound, hunk.new.lowerBound)
    while a < hunk.old.upperBound || b < hunk.new.upperBound {
      if a < hunk.old.upperBound, removed[a] {
        out += style.paint("-" + PrintableText.line(old[a]), .error) + "\n"
        a += 1
      } else if b < hunk.new.upperBound, added[b] {
        out += style.paint("+" + PrintableText.line(new[b]), .success) + "\n"
        b += 1
      } else {
        out += " " + PrintableText.line(old[a]) + "\n"
        a += 1
        b += 1
      }
    }
    return out
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self)
    }
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
