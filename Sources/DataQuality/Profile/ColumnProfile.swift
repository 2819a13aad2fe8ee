package import PlanModel

/// What the values of a column are like.
///
/// A quantile is the smallest value that at least that share of the values does not exceed (method `inverted_cdf` of
/// numpy, type 1 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996): it is always a value that is
/// there.
package struct ColumnProfile: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case integer, number, text
    /// Numbers and texts.
    case mixed
    /// No value at all.
    case empty

    package var isNumeric: Bool { self == .integer || self == .number }
  }

  package var kind: Kind
  package var rows: Int
  package var nulls: Int
  /// Values, no value not counted.
  package var distinct: Int
  package var min: Value?
  package var max: Value?
  /// Of numbers only, as are the three below.
  package var mean: Double?
  /// Of a sample (divided by n - 1).
  package var deviation: Double?
  /// First quartile, median, third quartile.
  package var quartiles: [Value]
  /// What a later run compares its distribution with; nil where nobody asked.
  package var shape: Shape?

  package var count: Int { rows - nulls }

  /// A distribution in few numbers.
  package enum Shape: Hashable, Sendable {
    /// Of numbers: ranges between deciles, each with its upper end, and how many values lie in it; the last one has no
    /// end.
    case ranges(ends: [Double], counts: [Int])
    /// Of texts: the most frequent values, and how many others there are.
    case values([Frequency], others: Int)
  }

  package struct Frequency: Hashable, Sendable {
    package var text: String
    package var count: Int

    package init(text: String, count: Int) {
      self.text = text
      self.count = count
    }
  }
}

extension ColumnProfile {
  /// The same with every text of the data changed.
  package func masked(_ mask: (String) -> String) -> ColumnProfile {
    func masked(_ value: Value?) -> Value? {
      if case .string(let text)? = value { .string(mask(text)) } else { value }
    }
    var profile = self
    profile.min = masked(min)
    profile.max = masked(max)
    if case .values(let values, let others)? = shape {
      profile.shape = .values(
        values.map { Frequency(text: mask($0.text), count: $0.count) }, others: others)
    }
    return profile
  }
}
