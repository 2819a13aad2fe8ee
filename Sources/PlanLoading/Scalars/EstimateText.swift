package import PlanModel

/// Estimates of working time: `30m`, `4h`, `2-3d`, `1w`, `1-2 sprints`, `0.5 day`, `Week 1-4`.
package enum EstimateText {
  /// Reads `N[-M] UNIT`; the calendar says how long a day, a week and a sprint are. `Week 3-4` is two weeks.
  package static func read(_ text: String, calendar: WorkCalendar = WorkCalendar()) -> Result<Estimate, ScalarProblem> {
    var rest = Substring(text).utf8
    skipBlanks(&rest)
    if let count = weeks(rest) {
      return read("\(count)w", calendar: calendar).map {
        Estimate(text: text, lowMinutes: $0.lowMinutes, highMinutes: $0.highMinutes)
      }
    }
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
    guard !lowOverflow, !highOverflow, highMinutes / scale <= limit else {
      return .failure(ScalarProblem("the estimate \"\(text)\" is too long"))
    }
    return .success(Estimate(text: text, lowMinutes: lowMinutes / scale, highMinutes: highMinutes / scale))
  }

  /// Sums over hundreds of thousands of steps must not overflow: about a million years.
  private static let limit = 1 << 39

  private static func minutes(in unit: String, _ calendar: WorkCalendar) -> Int? {
    let day = calendar.minutesPerDay
    let (week, weekOverflow) = day.multipliedReportingOverflow(by: calendar.daysPerWeek)
    let (sprint, sprintOverflow) = week.multipliedReportingOverflow(by: calendar.weeksPerSprint)
    switch unit {
    case "m", "min", "mins", "minute", "minutes": return 1
    case "h", "hr", "hrs", "hour", "hours": return 60
    case "d", "day", "days": return day
    case "w", "wk", "wks", "week", "weeks": return weekOverflow ? nil : week
    case "sprint", "sprints": return weekOverflow || sprintOverflow ? nil : sprint
    default: return nil
    }
  }

  private static func skipBlanks(_ rest: inout Substring.UTF8View) {
    rest = rest.drop(while: ASCII.isSpace)
  }

  /// Numbers are counted in hundredths: `0.25 day`.
  private static let scale = 100

  /// A number with at most two digits behind its point, times `scale`.
  private static func takeNumber(_ rest: inout Substring.UTF8View) -> Int? {
    guard let whole = takeDigits(&rest) else { return nil }
    var (number, overflow) = (Int(whole) ?? .max).multipliedReportingOverflow(by: scale)
    if rest.first == UInt8(ascii: "."), rest.dropFirst().first.map(ASCII.isDigit) == true {
      rest = rest.dropFirst()
      guard let fraction = takeDigits(&rest), fraction.utf8.count <= 2 else { return nil }
      let parts = (Int(fraction) ?? 0) * (fraction.utf8.count == 1 ? 10 : 1)
      (number, overflow) = overflow ? (number, true) : number.addingReportingOverflow(parts)
    }
    return overflow ? .max : number
  }

  private static func takeDigits(_ rest: inout Substring.UTF8View) -> Substring? {
    let digits = rest.prefix(while: ASCII.isDigit)
    rest = rest[digits.endIndex...]
    return digits.isEmpty ? nil : Substring(digits)
  }

  /// How many weeks `Week 3` and `Weeks 3-4` cover; nil if the text does not begin with that word.
  private static func weeks(_ text: Substring.UTF8View) -> Int? {
    var rest = Substring(text).lowercased()[...].utf8
    guard rest.starts(with: "week".utf8) else { return nil }
    rest = rest.dropFirst(4)
    if rest.first == UInt8(ascii: "s") { rest = rest.dropFirst() }
    skipBlanks(&rest)
    guard let first = takeDigits(&rest).flatMap({ Int($0) }) else { return nil }
    skipBlanks(&rest)
    var last = first
    if takeDash(&rest) {
      skipBlanks(&rest)
      guard let number = takeDigits(&rest).flatMap({ Int($0) }) else { return nil }
      last = number
    }
    skipBlanks(&rest)
    guard rest.isEmpty, last >= first, last <= 10_000 else { return nil }
    return last - first + 1
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
