package import SourceText

extension DiagnosticCollector {
  /// Keeps one finding of a rule at one place, where a text is read several times.
  ///
  /// - Parameter ranges: the texts, in order and apart from one another.
  package mutating func dropRepetitions(in ranges: [SourceRange]) {
    if ranges.isEmpty { return }
    var seen: Set<Place> = []
    remove { (diagnostic: Diagnostic) -> Bool in
      guard DiagnosticCollector.isInside(diagnostic.range, ranges) else { return false }
      return !seen.insert(Place(code: diagnostic.rule.code, range: diagnostic.range)).inserted
    }
  }

  /// Drops what is no error at some places.
  package mutating func dropHints(at ranges: Set<SourceRange>) {
    if ranges.isEmpty { return }
    remove { (diagnostic: Diagnostic) -> Bool in diagnostic.severity != .error && ranges.contains(diagnostic.range) }
  }

  private struct Place: Hashable {
    var code: String
    var range: SourceRange
  }

  private static func isInside(_ range: SourceRange, _ ranges: [SourceRange]) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < range.upperBound { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= range.lowerBound
  }
}
