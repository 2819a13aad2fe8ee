/// Counts, durations, sizes and times as a person reads them.
package enum PeopleText {
  /// `1 step`, `3 steps`; `1 entry`, `2 entries` with the plural given.
  package static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// `480 ms`, `1.2 s`, `45 s`, `3 min 05 s`, `2 h 10 min`, `3 d 04 h`.
  package static func duration(milliseconds: Int64) -> String {
    let time = max(0, milliseconds)
    if time < 1000 { return "\(time) ms" }
    // Tenths up to ten seconds: 9,950 ms and more would round to 10.0.
    if time < 9950 {
      let tenths = (time + 50) / 100
      return "\(tenths / 10).\(tenths % 10) s"
    }
    // Not rounded up: a clock that counts never shows a second that is not over.
    let seconds = time / 1000
    if seconds < 60 { return "\(max(10, seconds)) s" }
    if seconds < 3600 { return "\(seconds / 60) min \(twoDigits(seconds % 60)) s" }
    if seconds < 86_400 { return "\(seconds / 3600) h \(twoDigits(seconds / 60 % 60)) min" }
    return "\(seconds / 86_400) d \(twoDigits(seconds / 3600 % 24)) h"
  }

  /// `12 B`, `1.5 KiB`, `3.0 MiB`.
  package static func size(bytes: Int64) -> String {
    guard bytes >= 1024 else { return "\(max(0, bytes)) B" }
    var tenths = bytes > Int64.max / 10 ? Int64.max / 1024 : bytes * 10 / 1024
    if bytes > Int64.max / 10 { tenths = bytes / 1024 * 10 }
    for unit in ["KiB", "MiB", "GiB", "TiB", "PiB"] {
      if tenths < 10_240 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
      tenths /= 1024
    }
    return "\(tenths / 10).\(tenths % 10) EiB"
  }

  /// `just now`, `5 min ago`, `3 h ago`, `2 days ago`; `in 5 min` for what is to come.
  package static func relative(_ at: Int64, now: Int64) -> String {
    let (difference, overflow) = now.subtractingReportingOverflow(at)
    guard !overflow else { return "long ago" }
    let seconds = Int64(clamping: difference.magnitude / 1000)
    let amount: String
    switch seconds {
    case 0..<10: return "just now"
    case 10..<60: amount = "\(seconds) s"
    case 60..<3600: amount = "\(seconds / 60) min"
    case 3600..<172_800: amount = "\(seconds / 3600) h"
    default: amount = "\(seconds / 86_400) days"
    }
    return difference > 0 ? "\(amount) ago" : "in \(amount)"
  }

  /// Working time: `45 min`, `4 h`, `1 d 4 h`, with the hours that a working day has.
  package static func workingTime(minutes: Int, minutesPerDay: Int = 480) -> String {
    let day = max(1, minutesPerDay)
    let minutes = max(0, minutes)
    var parts: [String] = []
    if minutes >= day { parts.append("\(minutes / day) d") }
    let rest = minutes % day
    if rest >= 60 { parts.append("\(rest / 60) h") }
    // Beside days, minutes are noise.
    if rest % 60 > 0, minutes < day || parts.isEmpty { parts.append("\(rest % 60) min") }
    return parts.isEmpty ? "0 min" : parts.joined(separator: " ")
  }

  /// The first names of a list, and how many more there are.
  package static func list(_ names: [String], atMost limit: Int = 5) -> String {
    let shown = names.prefix(limit).joined(separator: ", ")
    return names.count > limit ? "\(shown), … (\(names.count - limit) more)" : shown
  }

  /// The steps of a path, `a -> b -> c`; of a long one the first and the last.
  package static func path(_ names: [String], atMost limit: Int = 20) -> String {
    guard names.count > limit, let last = names.last else { return names.joined(separator: " -> ") }
    let shown = names.prefix(limit - 1)
    return (shown + ["… (\(names.count - limit) more)", last]).joined(separator: " -> ")
  }

  static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
