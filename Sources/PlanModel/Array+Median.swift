extension Array where Element == Int64 {
  /// The middle of the values, of an even number the mean of the two in the middle, rounded towards zero; nil of none.
  package var median: Int64? {
    if isEmpty { return nil }
    let sorted = sorted()
    let middle = count / 2
    return count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
