/// Sizes as plans write them: `512`, `10KB` (1000 bytes each), `4KiB` (1024 bytes each).
package enum SizeText {
  private static let units: [String: Int] = [
    "": 1, "B": 1, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000, "KiB": 1 << 10,
    "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
  ]

  /// Reads a whole number of bytes, with a unit or without.
  package static func read(_ text: String) -> Result<Int, ScalarProblem> {
    let digits = text.utf8.prefix(while: ASCII.isDigit)
    var unitText = text.utf8[digits.endIndex...]
    if unitText.first == 0x20, !digits.isEmpty { unitText = unitText.dropFirst() }
    let unitName = String(Substring(unitText))
    guard !digits.isEmpty else { return .failure(unreadable(text)) }
    guard let unit = units[unitName] else {
      if let near = units.keys.first(where: { !$0.isEmpty && $0.lowercased() == unitName.lowercased() }) {
        return .failure(
          ScalarProblem(
            "unknown unit \"\(unitName)\" of a size; write \"\(near)\"", replacement: "\(Substring(digits))\(near)"))
      }
      return .failure(unreadable(text))
    }
    guard let number = Int(Substring(digits)) else { return .failure(tooLarge(text)) }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
    return overflow ? .failure(tooLarge(text)) : .success(bytes)
  }

  private static func unreadable(_ text: String) -> ScalarProblem {
    ScalarProblem("\"\(text)\" is not a size; write a whole number of bytes, or with KB, MB, GB, KiB, MiB or GiB")
  }

  private static func tooLarge(_ text: String) -> ScalarProblem {
    ScalarProblem("the size \"\(text)\" is too large")
  }
}
