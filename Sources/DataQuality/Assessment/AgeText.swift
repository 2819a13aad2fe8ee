internal import PlanModel

/// Points in time as columns hold them.
enum AgeText {
  /// Milliseconds since 1970: of a number of seconds (or of milliseconds, where that is the likelier reading), of an
  /// RFC 3339 time, of `YYYY-MM-DD HH:MM:SS`, or of a date alone; UTC where nothing is said. Nil for anything else.
  static func milliseconds(_ value: Value) -> Int64? {
    switch value {
    case .int(let number): return ofNumber(Double(number))
    case .double(let number): return ofNumber(number)
    case .string(let text): return ofText(text)
    case .null, .bool, .list, .map: return nil
    }
  }

  private static func ofNumber(_ number: Double) -> Int64? {
    guard number.isFinite, abs(number) < 1e15 else { return nil }
    // In seconds it would be after the year 5000.
    return Int64(abs(number) >= 1e11 ? number : number * 1000)
  }

  private static func ofText(_ text: String) -> Int64? {
    if let time = Timestamp.parse(text) { return time }
    if text.utf8.count == 10 { return Timestamp.parse(text + "T00:00:00Z") }
    if text.utf8.count == 16 { return Timestamp.parse(text + ":00Z") }
    // PostgreSQL writes an offset of whole hours as "+02".
    if text.utf8.count > 19, let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }),
      text.utf8.distance(from: sign, to: text.endIndex) == 3
    {
      return Timestamp.parse(text + ":00")
    }
    return Timestamp.parse(text + "Z")
  }
}
