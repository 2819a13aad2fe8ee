extension Duration {
  /// Reads a row of numbers with units `ms s m h d`, such as `1h30m`; nil if it is anything else or beyond Int64
  /// milliseconds.
  package init?(optionValue text: String) {
    var rest = Array(text.utf8)[...]
    guard !rest.isEmpty else { return nil }
    var milliseconds: Int64 = 0
    while !rest.isEmpty {
      let digits = rest.prefix { (48...57).contains($0) }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { !(48...57).contains($0) }
      rest = rest.dropFirst(unit.count)
      guard let number = Int64(String(decoding: digits, as: UTF8.self)),
        let scale = Duration.milliseconds(inUnit: String(decoding: unit, as: UTF8.self))
      else { return nil }
      let (product, tooBig) = number.multipliedReportingOverflow(by: scale)
      let (sum, sumTooBig) = milliseconds.addingReportingOverflow(product)
      guard !tooBig, !sumTooBig else { return nil }
      milliseconds = sum
    }
    self = .milliseconds(milliseconds)
  }

  private static func milliseconds(inUnit unit: String) -> Int64? {
    switch unit {
    case "ms": 1
    case "s": 1000
    case "m": 60_000
    case "h": 3_600_000
    case "d": 86_400_000
    default: nil
    }
  }
}
