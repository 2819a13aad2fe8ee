/// A time as text, in UTC.
package enum Timestamp {
  /// RFC 3339 with milliseconds, for programs: `2026-08-30T12:03:44.250Z`.
  package static func rfc3339(_ milliseconds: Int64) -> String {
    let parts = Parts(milliseconds)
    let fraction = pad(parts.millisecond, to: 3)
    return "\(parts.date)T\(parts.time).\(fraction)Z"
  }

  /// For people: `2026-08-30 12:03:44Z`.
  package static func absolute(_ milliseconds: Int64) -> String {
    let parts = Parts(milliseconds)
    return "\(parts.date) \(parts.time)Z"
  }

  /// The time of day only, for the lines of a log: `12:03:44Z`.
  package static func timeOfDay(_ milliseconds: Int64) -> String { "\(Parts(milliseconds).time)Z" }

  private struct Parts {
    var date: String
    var time: String
    var millisecond: Int64

    init(_ milliseconds: Int64) {
      // The years 0000 to 9999, which is what RFC 3339 can say.
      let bounded = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
      let days = Parts.floorDivided(bounded, by: 86_400_000)
      let rest = bounded - days * 86_400_000
      millisecond = rest % 1000
      let seconds = rest / 1000
      time = "\(pad(seconds / 3600, to: 2)):\(pad(seconds / 60 % 60, to: 2)):\(pad(seconds % 60, to: 2))"
      // From days to a civil date: eras of 400 years that begin on 1 March, so that the leap day is
      // the last of its year (Hinnant, "chrono-compatible low-level date algorithms").
      let shifted = days + 719_468
      let era = Parts.floorDivided(shifted, by: 146_097)
      let dayOfEra = shifted - era * 146_097
      let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
      let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
      let month = (5 * dayOfYear + 2) / 153
      let day = dayOfYear - (153 * month + 2) / 5 + 1
      let civilMonth = month < 10 ? month + 3 : month - 9
      let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
      date = "\(pad(year, to: 4))-\(pad(civilMonth, to: 2))-\(pad(day, to: 2))"
    }

    private static func floorDivided(_ number: Int64, by divisor: Int64) -> Int64 {
      number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
    }
  }

  private static func pad(_ number: Int64, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
