internal import PlanModel

/// Finds the pairs of different patterns that may match one path, where at least one is a glob and at least one is
/// written.
///
/// Two patterns can only overlap when the literal beginning of one continues that of the other; sorted by it, the
/// candidates of a glob stand side by side.
struct OverlapSearch {
  /// Work that one plan may cost: a look at a candidate is 1. A plan of 10,000 steps with a few hundred globs stays far
  /// below it; it is some tenths of a second.
  static let budget = 32_000_000

  /// What a comparison of globs costs: it grows with both, and long ones take a thousand times as long as short ones.
  static func costOfComparison(_ a: PathPattern, _ b: PathPattern) -> Int {
    16 + a.text.utf8.count * b.text.utf8.count / 64
  }

  let patterns: [PathPattern]
  let isWritten: CompactLists
  let overlap: (PathPattern, PathPattern) -> Bool
  private(set) var found: [(Int32, Int32)] = []
  private(set) var gaveUp = false

  init(patterns: [PathPattern], isWritten: CompactLists, overlap: @escaping (PathPattern, PathPattern) -> Bool) {
    self.patterns = patterns
    self.isWritten = isWritten
    self.overlap = overlap
  }

  mutating func run() {
    guard patterns.contains(where: { !$0.isLiteral }) else { return }
    let ends = patterns.map(LiteralEnds.init)
    let order = patterns.indices.sorted {
      let (a, b) = (ends[$0].prefix, ends[$1].prefix)
      return a == b ? $0 < $1 : a.lexicographicallyPrecedes(b)
    }
    var work = 0
    for place in order.indices where !ends[order[place]].isWhole {
      let glob = order[place]
      let prefix = ends[glob].prefix
      // What is equal to or continues this beginning: everything from the first such place on. Globs with the same
      // beginning that stand before this one have met it already.
      var next = lowerBound(of: prefix, in: order, ends)
      while next < order.count, ends[order[next]].prefix.starts(with: prefix) {
        let otherPlace = next
        let other = order[otherPlace]
        next += 1
        work += 1
        if otherPlace == place || (otherPlace < place && !ends[other].isWhole) { continue }
        guard !isWritten[glob].isEmpty || !isWritten[other].isEmpty, ends[glob].agree(with: ends[other]) else {
          continue
        }
        work += OverlapSearch.costOfComparison(patterns[glob], patterns[other])
        if overlap(patterns[glob], patterns[other]) { found.append((Int32(glob), Int32(other))) }
        if work > OverlapSearch.budget {
          gaveUp = true
          return
        }
      }
      if work > OverlapSearch.budget {
        gaveUp = true
        return
      }
    }
  }

  /// The first place in the order whose beginning is not before `prefix`.
  private func lowerBound(of prefix: [UInt8], in order: [Int], _ ends: [LiteralEnds]) -> Int {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      if ends[order[middle]].prefix.lexicographicallyPrecedes(prefix) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
