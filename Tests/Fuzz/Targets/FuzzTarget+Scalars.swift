internal import Markdown
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import SourceText

extension FuzzTarget {
  /// Durations, sizes, estimates, times and dates, all from the same text.
  static let scalars = FuzzTarget("scalars") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    if case .success(let duration) = DurationText.read(text) {
      try promise(duration >= .zero, "\"\(text)\" is negative")
    }
    if case .success(let size) = SizeText.read(text) { try promise(size >= 0, "\"\(text)\" is negative") }
    if case .success(let estimate) = EstimateText.read(text) {
      try promise(0 <= estimate.lowMinutes && estimate.lowMinutes <= estimate.highMinutes, "\"\(text)\" is no range")
    }
    let calendar = WorkCalendar(minutesPerDay: .max, daysPerWeek: .max, weeksPerSprint: .max)
    _ = EstimateText.read(text, calendar: calendar)
    if let time = Timestamp.parse(text) {
      let written = Timestamp.rfc3339(time)
      if time >= Timestamp.parse("0000-01-01T00:00:00Z") ?? 0, time <= Timestamp.parse("9999-12-31T23:59:59.999Z") ?? 0
      {
        try promise(Timestamp.parse(written) == time, "\"\(text)\" becomes \"\(written)\"")
      }
    }
    if let day = CalendarDay(text) { try promise(CalendarDay(day.text) == day, "\"\(text)\" becomes \"\(day.text)\"") }
    if let offset = CalendarDay.offset(text) { _ = CalendarDay("2026-01-01")?.advanced(by: offset) }
    _ = Value.string(text).number
    _ = Value.string(text).ordering(to: .double(0.5))
    _ = try? FormatText.render(text, ["a"], .fileStart)
    let item = Array("## Progress\n\n- [x] ".utf8) + bytes
    let living = LivingSections(MarkdownPlan.read(SourceFile(path: "fuzz.md", bytes: item)))
    _ = living.timestampUse
  }
}
