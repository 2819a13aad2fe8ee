internal import Digest
internal import PlanModel

/// Makes the profile of a column of its distinct values, which come in order with how often each is there.
///
/// Nothing is kept but what the profile holds, so the memory does not grow with the column.
struct ProfileBuilder {
  private let rows: Int
  private let nulls: Int
  private let wantsShape: Bool
  /// The values of another profile whose frequencies are counted here, too.
  private let baseline: ColumnProfile.Shape?

  private var seen = 0
  private var distinct = 0
  private var first: Value?
  private var last: Value?
  private var hasIntegers = false
  private var hasReals = false
  private var hasTexts = false
  private var mean = 0.0
  private var squares = 0.0
  private var quantiles: Quantiles
  private var deciles: Quantiles
  private var top: [ColumnProfile.Frequency] = []
  private var baselineCounts: [Int]
  private var places: [String: Int] = [:]
  private var place = 0

  /// Enough for the categories of most columns, and few enough for a row of the journal.
  private static let topLimit = 20

  init(rows: Int, nulls: Int, wantsShape: Bool, baseline: ColumnProfile.Shape? = nil) {
    self.rows = rows
    self.nulls = nulls
    self.wantsShape = wantsShape
    self.baseline = baseline
    quantiles = Quantiles(parts: 4, of: rows - nulls)
    deciles = Quantiles(parts: 10, of: rows - nulls)
    switch baseline {
    case .ranges(_, let counts)?: baselineCounts = [Int](repeating: 0, count: counts.count)
    case .values(let values, _)?:
      baselineCounts = [Int](repeating: 0, count: values.count + 1)
      for (index, value) in values.enumerated() { places[value.text] = index }
    case nil: baselineCounts = []
    }
  }

  mutating func take(_ value: Value, _ count: Int) {
    if first == nil { first = value }
    last = value
    distinct += 1
    seen += count
    switch value {
    case .int(let number):
      hasIntegers = true
      take(Double(number), count)
    case .double(let number):
      hasReals = true
      take(number, count)
    default: hasTexts = true
    }
    quantiles.take(value, seen: seen)
    if wantsShape {
      deciles.take(value, seen: seen)
      keep(ColumnProfile.Frequency(text: ProfileBuilder.category(value), count: count))
    }
    compare(value, count)
  }

  /// Welford's way, with weights: sums of squares of large numbers would lose the difference.
  private mutating func take(_ number: Double, _ count: Int) {
    let delta = number - mean
    mean += delta * Double(count) / Double(seen)
    squares += Double(count) * delta * (number - mean)
  }

  private mutating func keep(_ frequency: ColumnProfile.Frequency) {
    if top.count == ProfileBuilder.topLimit, let least = top.last, least.count >= frequency.count { return }
    let index = top.firstIndex { $0.count < frequency.count } ?? top.endIndex
    top.insert(frequency, at: index)
    if top.count > ProfileBuilder.topLimit { top.removeLast() }
  }

  private mutating func compare(_ value: Value, _ count: Int) {
    switch baseline {
    case .ranges(let ends, _)?:
      guard let number = value.asDouble else { return }
      while place < ends.count, number > ends[place] { place += 1 }
      baselineCounts[place] += count
    case .values(let values, _)?:
      baselineCounts[places[ProfileBuilder.category(value)] ?? values.count] += count
    case nil: break
    }
  }

  /// The text that stands for a value among frequencies: a long one is cut, and told apart by its digest.
  static func category(_ value: Value) -> String {
    let text = value.text ?? ""
    guard text.utf8.count > 80 else { return text }
    return "\(text.prefix(40))…\(SHA256.digest(of: text).hex.prefix(16))"
  }

  func profile() -> ColumnProfile {
    let kind: ColumnProfile.Kind =
      switch (hasIntegers, hasReals, hasTexts) {
      case (false, false, false): .empty
      case (true, false, false): .integer
      case (_, _, false): .number
      case (false, false, true): .text
      default: .mixed
      }
    var profile = ColumnProfile(
      kind: kind, rows: rows, nulls: nulls, distinct: distinct, min: first, max: last, quartiles: [])
    if kind.isNumeric {
      profile.mean = mean
      profile.deviation = seen > 1 ? (squares / Double(seen - 1)).squareRoot() : 0
      profile.quartiles = quantiles.found.map(\.value)
    }
    if wantsShape { profile.shape = shape(kind) }
    return profile
  }

  private func shape(_ kind: ColumnProfile.Kind) -> ColumnProfile.Shape {
    guard kind.isNumeric else { return .values(top, others: seen - top.reduce(0) { $0 + $1.count }) }
    var ends: [Double] = []
    var counts: [Int] = []
    var before = 0
    for decile in deciles.found {
      guard let end = decile.value.asDouble, end != ends.last else { continue }
      ends.append(end)
      counts.append(decile.seen - before)
      before = decile.seen
    }
    return .ranges(ends: ends, counts: counts + [seen - before])
  }

  /// How many values lie in each range, or are each value, of the baseline; the last one counts all others.
  var countsByBaseline: [Int] { baselineCounts }
}

/// The values at the ends of equal parts.
private struct Quantiles {
  let parts: Int
  let count: Int
  var found: [(value: Value, seen: Int)] = []

  init(parts: Int, of count: Int) {
    self.parts = parts
    self.count = count
  }

  /// - Parameter seen: how many values there are up to this one.
  mutating func take(_ value: Value, seen: Int) {
    // The rank of the next quantile is its share of the count, rounded up.
    while found.count < parts - 1, seen >= rank(found.count + 1) { found.append((value, seen)) }
  }

  private func rank(_ part: Int) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: part)
    return overflow ? count / parts * part : (product + parts - 1) / parts
  }
}

extension Value {
  var asDouble: Double? {
    switch self {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }
}
