/// How far a distribution has moved from an earlier one.
package enum Drift {
  /// The population stability index of two distributions over the same classes: the sum over the classes of
  /// (p - q) * ln(p / q), where p is the class's share now and q its share before.
  ///
  /// It is the symmetric form of the Kullback-Leibler divergence (Kullback and Leibler, "On Information and
  /// Sufficiency", 1951); below 0.1 a shift is called small, above 0.25 significant (Siddiqi, "Credit Risk Scorecards",
  /// 2006, chapter 6). A class that is empty counts with a share of 0.0001, as its logarithm has no value.
  package static func stabilityIndex(before: [Int], now: [Int]) -> Double {
    let (shares, earlier) = (self.shares(now), self.shares(before))
    return zip(shares, earlier).reduce(0) { $0 + ($1.0 - $1.1) * logarithm($1.0 / $1.1) }
  }

  /// By how many earlier standard deviations the mean has moved; nil where the earlier values were all equal and the
  /// mean has moved at all.
  package static func shift(from before: (mean: Double, deviation: Double), to mean: Double) -> Double? {
    if mean == before.mean { return 0 }
    guard before.deviation > 0 else { return nil }
    return abs(mean - before.mean) / before.deviation
  }

  private static let leastShare = 0.0001

  private static func shares(_ counts: [Int]) -> [Double] {
    let total = Double(counts.reduce(0, +))
    return counts.map { total > 0 ? max(Double($0) / total, leastShare) : leastShare }
  }
}
