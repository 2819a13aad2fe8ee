/// How a time is written in a plan: `(2026-03-01 12:00Z)`, `2026-03-01:`, `(2026-03-01T12:00:05+09:00)`.
package struct TimestampStyle: Hashable, Sendable {
  package enum Brackets: Hashable, Sendable {
    case none, round, square
    /// The round brackets of East Asian type.
    case wide
  }

  package enum Zone: Hashable, Sendable {
    case none
    /// `Z`, or ` Z`.
    case z(hasBlank: Bool)
    /// Minutes east of Greenwich, as `+09:00`, `+0900`, with or without a blank before.
    case offset(minutes: Int, hasColon: Bool, hasBlank: Bool)
    /// `CET`, `UTC`, after a blank.
    case named(String)
  }

  package var brackets: Brackets
  package var precision: CivilTime.Precision
  /// `T` between date and time; else a blank.
  package var hasT: Bool
  package var zone: Zone

  package init(brackets: Brackets, precision: CivilTime.Precision, hasT: Bool, zone: Zone) {
    self.brackets = brackets
    self.precision = precision
    self.hasT = hasT
    self.zone = zone
  }

  /// `(2026-03-01 12:00Z)`: the form of the standard.
  package static let canonical = TimestampStyle(
    brackets: .round, precision: .minute, hasT: false, zone: .z(hasBlank: false))

  /// A time in this style, brackets included. A date or time without a zone is that of UTC; where the name of a
  /// zone does not say its offset, `Z` stands instead.
  ///
  /// - Parameter seconds: since 1970, UTC.
  package func text(_ seconds: Int64) -> String {
    let suffix: String
    let offset: Int
    switch zone {
    case .none: (suffix, offset) = ("", 0)
    case .z(let hasBlank): (suffix, offset) = (hasBlank ? " Z" : "Z", 0)
    case .offset(let minutes, let hasColon, let hasBlank):
      let (hours, rest) = abs(minutes).quotientAndRemainder(dividingBy: 60)
      let sign = (hasBlank ? " " : "") + (minutes < 0 ? "-" : "+")
      (suffix, offset) = (
        sign + Self.padded(Int64(hours), 2) + (hasColon ? ":" : "") + Self.padded(Int64(rest), 2), minutes
      )
    case .named(let name):
      let known = TimeZoneNames.offsets[name]
      (suffix, offset) = known.map { (" " + name, $0) } ?? ("Z", 0)
    }
    let wall = seconds + Int64(offset) * 60
    let days = wall >= 0 ? wall / 86_400 : (wall - 86_399) / 86_400
    let rest = wall - days * 86_400
    let date = CivilTime.date(days)
    var text = "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))"
    if precision != .day {
      text += hasT ? "T" : " "
      text += "\(Self.padded(rest / 3600, 2)):\(Self.padded(rest / 60 % 60, 2))"
      if precision == .second { text += ":" + Self.padded(rest % 60, 2) }
      text += suffix
    }
    switch brackets {
    case .none: return text
    case .round: return "(\(text))"
    case .square: return "[\(text)]"
    case .wide: return "（\(text)）"
    }
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

/// The names of zones that have one meaning only.
enum TimeZoneNames {
  /// Minutes east of Greenwich. CST and IST have several meanings and are not here.
  static let offsets: [String: Int] = [
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "JST": 540,
    "KST": 540, "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "HKT": 480, "SGT": 480,
  ]
}
