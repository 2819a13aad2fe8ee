package import PlanModel

/// Whether two path patterns may match one path, judged by their literal beginnings and ends.
///
/// It never says no where a path matches both; it may say yes where none does.
package enum PathOverlap {
  package static func isPossible(_ a: PathPattern, _ b: PathPattern) -> Bool {
    if a.isLiteral, b.isLiteral { return a.text == b.text }
    return LiteralEnds(a).agree(with: LiteralEnds(b))
  }
}
