package import PlanModel

/// Estimates of working time: `30m`, `4h`, `2-3d`, `1w`, `1-2 sprints`, `2 days`.
package enum EstimateText {
  /// Reads `N[-M] UNIT`; the calendar says how long a day, a week and a sprint are.
  package static func read(_ text: String, calendar: WorkCalendar = WorkCalendar()) -> Result<Estimate, ScalarProblem> {
    var rest = Substring(text).utf8
    skipBlanks(&rest)
    guard let low = takeNumber(&rest) else { return .failure(unreadable(text)) }
    skipBlanks(&rest)
    var high = low
    if takeDash(&rest) {
      skipBlanks(&rest)
      guard let number = takeNumber(&rest) else { return .failure(unreadable(text)) }
      high = number
      skipBlanks(&rest)
    }
    var unitName = String(Substring(rest))
    while let last = unitName.utf8.last, ASCII.isSpace(last) { unitName.removeLast() }
    if unitName.isEmpty {
      return .failure(
        ScalarProblem("the estimate \"\(text)\" has no unit; write m, h, d, w or sprint", replacement: nil))
    }
    guard let unit = minutes(in: unitName.lowercased(), calendar) else { return .failure(unreadable(text)) }
    guard low <= high else {
      return .failure(ScalarProblem("the estimate \"\(text)\" ends before it begins"))
    }
    let (lowMinutes, lowOverflow) = low.multipliedReportingOverflow(by: unit)
    let (highMinutes, highOverflow) = high.multipliedReportingOverflow(by: unit)
    guard !lowOverflow, !highOverflow, highMinutes <= limit else {
      return .failure(ScalarProblem("the estimate \"\(text)\" is too long"))
    }
    return .success(Estimate(text: text, lowMinutes: lowMinutes, highMinutes: highMinutes))
  }

  /// Sums over hundreds of thousands of steps must not overflow: about a million years.
  private static let limit = 1 << 39

  private static func minutes(in unit: String, _ calendar: WorkCalendar) -> Int? {
    let day = calendar.minutesPerDay
    let (week, weekOverflow) = day.multipliedReportingOverflow(by: calendar.daysPerWeek)
    let (sprint, sprintOverflow) = week.multipliedReportingOverflow(by: calendar.weeksPerSprint)
    switch unit {
    case "m", "min", "mins", "minute", "minutes": return 1
    case "h", "hour", "hours": return 60
    case "d", "day", "days": return day
    case "w", "week", "weeks": return weekOverflow ? nil : week
    case "sprint", "sprints": return weekOverflow || sprintOverflow ? nil : sprint
    default: return nil
    }
  }

  private static func skipBlanks(_ rest: inout Substring.UTF8View) {
    rest = rest.drop(while: ASCII.isSpace)
  }

  private static func takeNumber(_ rest: inout Substring.UTF8View) -> Int? {
    let digits = rest.prefix(while: ASCII.isDigit)
    rest = rest[digits.endIndex...]
    return Int(Substring(digits))
  }

  /// `-`, or the en dash that word processors make of it.
  private static func takeDash(_ rest: inout Substring.UTF8View) -> Bool {
    if rest.first == UInt8(ascii: "-") {
      rest = rest.dropFirst()
      return true
    }
    guard rest.starts(with: [0xE2, 0x80, 0x93]) else { return false }
    rest = rest.dropFirst(3)
    return true
  }

  private static func unreadable(_ text: String) -> ScalarProblem {
    ScalarProblem("\"\(text)\" is not an estimate; write working time such as \"4h\", \"2-3d\", \"1w\" or \"1 sprint\"")
  }
}
