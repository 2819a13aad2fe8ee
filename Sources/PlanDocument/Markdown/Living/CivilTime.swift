/// A date, or a date and a time of day, as a person wrote it.
package struct CivilTime: Hashable, Sendable {
  package enum Precision: Int, Hashable, Sendable, Comparable {
    case day, minute, second

    package static func < (a: Precision, b: Precision) -> Bool { a.rawValue < b.rawValue }

    /// Seconds.
    var length: Int64 {
      switch self {
      case .day: 86_400
      case .minute: 60
      case .second: 1
      }
    }
  }

  /// Seconds from 1970 to this time as the clock on the wall showed it.
  package let wallSeconds: Int64
  package let precision: Precision
  /// Minutes east of Greenwich; nil if the text does not say it, or says it in a name that has several meanings.
  package let offset: Int?

  /// Nil if there is no such day or time.
  init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, precision: Precision, offset: Int?) {
    guard (1...12).contains(month), day >= 1, day <= Self.length(ofMonth: month, year), hour < 24, minute < 60,
      second <= 60
    else { return nil }
    let days = Self.days(Int64(year), Int64(month), Int64(day))
    wallSeconds = days * 86_400 + Int64((hour * 60 + minute) * 60 + second)
    self.precision = precision
    self.offset = offset
  }

  /// Seconds since 1970 in UTC; nil if the time of day or the zone is not known.
  package var seconds: Int64? {
    guard precision != .day, let offset else { return nil }
    return wallSeconds - Int64(offset) * 60
  }

  /// Whether this time is certainly before another: in the coarser precision of both, and by the clocks on the
  /// wall if a zone is not known.
  package func isBefore(_ other: CivilTime) -> Bool {
    let length = min(precision, other.precision).length
    if let mine = seconds, let theirs = other.seconds { return floored(mine, length) < floored(theirs, length) }
    return floored(wallSeconds, length) < floored(other.wallSeconds, length)
  }

  private func floored(_ value: Int64, _ length: Int64) -> Int64 {
    let rest = value % length
    return value - (rest < 0 ? rest + length : rest)
  }

  private static func length(ofMonth month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// Days since 1970. Years begin in March here, so that the leap day is the last one of a year (Hinnant,
  /// "chrono-Compatible Low-Level Date Algorithms").
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date of a day since 1970.
  static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = (monthFromMarch + 2) % 12 + 1
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
