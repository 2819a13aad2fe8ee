internal import PlanModel

/// When a server wants to be asked again (RFC 9110, section 10.2.3).
enum RetryAfter {
  /// How long from now on nothing is to be asked; nil when the text says nothing that can be read.
  ///
  /// - Parameter now: milliseconds since 1970.
  static func delay(_ text: String, now: Int64) -> Duration? {
    if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      // Longer than any number that can be counted is as good as never.
      return .seconds(min(Int(text) ?? mostSeconds, mostSeconds))
    }
    guard let at = HTTPDate.milliseconds(text) else { return nil }
    return .milliseconds(max(0, min(at - now, Int64(mostSeconds) * 1000)))
  }

  /// A hundred years.
  private static let mostSeconds = 100 * 366 * 86_400
}

/// A date as HTTP writes it (RFC 9110, section 5.6.7).
enum HTTPDate {
  /// Milliseconds since 1970, of the usual form and of the two old ones.
  static func milliseconds(_ text: String) -> Int64? {
    let words = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
    switch words.count {
    // Sun, 06 Nov 1994 08:49:37 GMT
    case 6 where words[5] == "GMT": return milliseconds(words[1], words[2], words[3], words[4])
    // Sun Nov  6 08:49:37 1994
    case 5 where words[3].contains(":"): return milliseconds(words[2], words[1], words[4], words[3])
    default: return nil
    }
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func milliseconds(_ day: String, _ month: String, _ year: String, _ time: String) -> Int64? {
    let clock = time.split(separator: ":", omittingEmptySubsequences: false).map { number(String($0), 2...2) }
    guard let month = months.firstIndex(of: month), let day = number(day, 1...2), let written = number(year, 2...4),
      clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2], hour < 24, minute < 60,
      second <= 60
    else { return nil }
    // Sunday, 06-Nov-94: two digits are of this century, as nobody asks to come back before it.
    let full = year.utf8.count == 2 ? 2000 + written : written
    func padded(_ value: Int, _ width: Int) -> String {
      String(repeating: "0", count: max(0, width - String(value).utf8.count)) + String(value)
    }
    guard let date = CalendarDay("\(padded(full, 4))-\(padded(month + 1, 2))-\(padded(day, 2))") else { return nil }
    return Int64(((date.daysSince1970 * 24 + hour) * 60 + minute) * 60 + second) * 1000
  }

  private static func number(_ text: String, _ digits: ClosedRange<Int>) -> Int? {
    guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(text)
  }
}
