/// The shortest way from one list of lines to another (E. W. Myers, "An O(ND) difference algorithm and its variations",
/// 1986), as long as it is short enough to be looked for.
struct LineDiff {
  /// Lines of the old text that give way to lines of the new one; one of the two may be empty.
  struct Change: Hashable {
    var old: Range<Int>
    var new: Range<Int>
  }

  /// In order; what is between two of them is the same in both.
  private(set) var changes: [Change] = []

  /// More edits are not looked for, because the search takes memory for the square of them; then everything between the
  /// common beginning and the common end gives way.
  private static let editLimit = 1000
  /// Comparisons of two lines, at most: some tens of milliseconds.
  private static let comparisonLimit = 20_000_000

  init<Line: Hashable>(_ old: [Line], _ new: [Line]) {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
    let (a, b) = (old[start..<old.count - end], new[start..<new.count - end])
    if a.isEmpty, b.isEmpty { return }
    // Numbers are compared faster than lines.
    var numbers: [Line: Int] = [:]
    var kept: [(Int, Int)] = []
    if !a.isEmpty, !b.isEmpty {
      kept = LineDiff.kept(LineDiff.numbered(a, &numbers), LineDiff.numbered(b, &numbers))
    }
    var (before, after) = (start, start)
    for (x, y) in kept + [(a.count, b.count)] {
      let change = Change(old: before..<start + x, new: after..<start + y)
      if !change.old.isEmpty || !change.new.isEmpty { changes.append(change) }
      (before, after) = (start + x + 1, start + y + 1)
    }
  }

  private static func numbered<Line: Hashable>(_ lines: ArraySlice<Line>, _ numbers: inout [Line: Int]) -> [Int] {
    lines.map { line in
      if let known = numbers[line] { return known }
      let number = numbers.count
      numbers[line] = number
      return number
    }
  }

  /// The places in both lists of the lines that stay; none when too much changes.
  private static func kept(_ a: [Int], _ b: [Int]) -> [(Int, Int)] {
    let limit = min(editLimit, a.count + b.count, comparisonLimit / (a.count + b.count))
    // How far each diagonal gets (its greatest x) with the edits so far; diagonal k is at k + limit + 1.
    var reach = [Int](repeating: 0, count: 2 * limit + 3)
    let middle = limit + 1
    // By number of edits what `reach` was, from diagonal -edits to edits.
    var trace: [ArraySlice<Int>] = []
    for edits in 0...limit {
      for k in stride(from: -edits, through: edits, by: 2) {
        let (left, right) = (reach[middle + k - 1], reach[middle + k + 1])
        var x = k == -edits || (k != edits && left < right) ? right : left + 1
        while x < a.count, x - k < b.count, a[x] == b[x - k] { x += 1 }
        reach[middle + k] = x
        if x >= a.count, x - k >= b.count { return path(trace, a.count, b.count) }
      }
      trace.append(reach[middle - edits...middle + edits])
    }
    return []
  }

  /// The way back from the end, over what each number of edits had reached.
  private static func path(_ trace: [ArraySlice<Int>], _ oldCount: Int, _ newCount: Int) -> [(Int, Int)] {
    var kept: [(Int, Int)] = []
    var (x, y) = (oldCount, newCount)
    for edits in stride(from: trace.count, to: 0, by: -1) {
      let reached = trace[edits - 1]
      func reach(_ k: Int) -> Int { reached[reached.startIndex + k + edits - 1] }
      let k = x - y
      let previous = k == -edits || (k != edits && reach(k - 1) < reach(k + 1)) ? k + 1 : k - 1
      let start = (x: reach(previous), y: reach(previous) - previous)
      while x > start.x, y > start.y {
        (x, y) = (x - 1, y - 1)
        kept.append((x, y))
      }
      (x, y) = start
    }
    while x > 0, y > 0 {
      (x, y) = (x - 1, y - 1)
      kept.append((x, y))
    }
    return kept.reversed()
  }
}
