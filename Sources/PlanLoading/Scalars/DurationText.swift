/// Durations as plans write them: `500ms`, `90s`, `1h30m`; a day is 24 hours.
package enum DurationText {
  /// The longest duration that a plan may name, in milliseconds: 100 years of 365 days.
  private static let limit: Int64 = 100 * 365 * 86_400_000

  private static let units: [(name: String, milliseconds: Int64)] = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
  ]

  /// Reads `([0-9]+(ms|s|m|h|d))+`, each unit at most once.
  package static func read(_ text: String) -> Result<Duration, ScalarProblem> {
    let bytes = Array(text.utf8)
    var index = 0
    var total: Int64 = 0
    var seen: Set<String> = []
    guard !bytes.isEmpty else { return .failure(ScalarProblem("expected a duration such as \"90s\" or \"1h30m\"")) }
    while index < bytes.count {
      let digits = bytes[index...].prefix(while: ASCII.isDigit)
      let letters = bytes[digits.endIndex...].prefix(while: ASCII.isLetter)
      let unitName = String(decoding: letters, as: UTF8.self)
      guard !digits.isEmpty else { return .failure(unreadable(text)) }
      if letters.isEmpty, index == 0, digits.endIndex == bytes.count {
        return .failure(ScalarProblem("the duration \"\(text)\" has no unit", replacement: "\(text)s"))
      }
      guard let unit = units.first(where: { $0.name == unitName }) else { return .failure(unreadable(text)) }
      guard seen.insert(unit.name).inserted else {
        return .failure(ScalarProblem("the unit \"\(unit.name)\" stands twice in the duration \"\(text)\""))
      }
      guard let number = Int64(String(decoding: digits, as: UTF8.self)) else { return .failure(tooLong(text)) }
      let (part, overflow) = number.multipliedReportingOverflow(by: unit.milliseconds)
      guard !overflow, part <= limit, total + part <= limit else { return .failure(tooLong(text)) }
      total += part
      index = letters.endIndex
    }
    return .success(.milliseconds(total))
  }

  private static func unreadable(_ text: String) -> ScalarProblem {
    ScalarProblem("\"\(text)\" is not a duration; write whole numbers with ms, s, m, h or d, as in \"1h30m\"")
  }

  private static func tooLong(_ text: String) -> ScalarProblem {
    ScalarProblem("the duration \"\(text)\" is longer than 100 years")
  }
}
