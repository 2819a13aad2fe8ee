/// The known name that a misspelt one most likely meant.
package enum NearestName {
  /// The candidate with the smallest edit distance (insertions, deletions, substitutions and swaps of
  /// neighbours count one each), if it is close enough to be a slip: at most a third of the length.
  package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    let lower = Array(name.lowercased().utf8)
    let limit = max(1, lower.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().utf8)
      guard abs(other.count - lower.count) <= limit else { continue }
      let distance = editDistance(lower, other)
      guard distance <= limit else { continue }
      // Of several at one distance the first by name: candidates may come in no order.
      if let best, (best.distance, best.name) < (distance, candidate) { continue }
      best = (candidate, distance)
    }
    return best?.name
  }

  /// Optimal string alignment distance over bytes.
  package static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    var current = previous
    for i in 1...a.count {
      current[0] = i
      for j in 1...b.count {
        var cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, beforePrevious[j - 2] + 1) }
        current[j] = cost
      }
      (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[b.count]
  }
}
