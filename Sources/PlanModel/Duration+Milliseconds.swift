extension Duration {
  /// Whole milliseconds, rounded down; the largest representable number where it does not fit.
  package var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    if overflow { return seconds < 0 ? .min : .max }
    return Int(product) + Int(attoseconds / 1_000_000_000_000_000)
  }
}
