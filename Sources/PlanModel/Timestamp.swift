/// Points in time as text, in UTC with milliseconds, as RFC 3339 writes them.
package enum Timestamp {
  /// `2026-03-01T12:00:00.000Z` for milliseconds since 1970. Times outside the years 0 to 9999, which the format cannot
  /// express, become the nearest one inside.
  package static func rfc3339(_ milliseconds: Int64) -> String {
    let clamped = min(max(milliseconds, earliest), latest)
    let (days, rest) = floorDivide(clamped, millisecondsPerDay)
    let (year, month, day) = civil(days)
    func padded(_ value: Int64, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let time = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { padded($0, 2) }.joined(separator: ":")
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(time).\(padded(rest % 1000, 3))Z"
  }

  /// Milliseconds since 1970 of an RFC 3339 time with any offset; digits after the milliseconds are dropped, and a
  /// leap second counts as the second after it. nil when the text is not such a time.
  package static func parse(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64? {
      guard range.upperBound <= bytes.count else { return nil }
      var value: Int64 = 0
      for byte in bytes[range] {
        guard 0x30...0x39 ~= byte else { return nil }
        value = value * 10 + Int64(byte - 0x30)
      }
      return value
    }
    func isByte(_ index: Int, _ allowed: String) -> Bool {
      index < bytes.count && allowed.utf8.contains(bytes[index])
    }
    guard let year = number(0..<4), isByte(4, "-"), let month = number(5..<7), isByte(7, "-"),
      let day = number(8..<10), isByte(10, "Tt "), let hour = number(11..<13), isByte(13, ":"),
      let minute = number(14..<16), isByte(16, ":"), let second = number(17..<19),
      1...12 ~= month, day >= 1, day <= length(of: month, year), hour < 24, minute < 60, second <= 60
    else { return nil }
    var index = 19
    var fraction: Int64 = 0
    if isByte(index, ".") {
      index += 1
      let start = index
      var scale: Int64 = 100
      while index < bytes.count, 0x30...0x39 ~= bytes[index] {
        fraction += Int64(bytes[index] - 0x30) * scale
        scale /= 10
        index += 1
      }
      guard index > start else { return nil }
    }
    var offset: Int64 = 0
    if isByte(index, "Zz") {
      guard index + 1 == bytes.count else { return nil }
    } else {
      guard isByte(index, "+-"), index + 6 == bytes.count, let hours = number(index + 1..<index + 3),
        isByte(index + 3, ":"), let minutes = number(index + 4..<index + 6), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (bytes[index] == UInt8(ascii: "-") ? -60_000 : 60_000)
    }
    let time = ((hour * 60 + minute) * 60 + second) * 1000 + fraction
    return days(year, month, day) * millisecondsPerDay + time - offset
  }

  private static let millisecondsPerDay: Int64 = 86_400_000
  private static let earliest = days(0, 1, 1) * millisecondsPerDay
  private static let latest = days(10_000, 1, 1) * millisecondsPerDay - 1

  /// Days in 400 years of the Gregorian calendar.
  private static let daysPerEra: Int64 = 146_097
  /// Days from 0000-03-01 to 1970-01-01.
  private static let epochShift: Int64 = 719_468

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  private static func length(of month: Int64, _ year: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970 of a date of the proleptic Gregorian calendar. Years begin in March here, so that the leap day is
  /// the last one (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let (era, yearOfEra) = floorDivide(month <= 2 ? year - 1 : year, 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * daysPerEra + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - epochShift
  }

  private static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = floorDivide(days + epochShift, daysPerEra)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = (shifted + 2) % 12 + 1
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}
