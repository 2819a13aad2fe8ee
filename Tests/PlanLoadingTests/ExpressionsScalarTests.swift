import PlanLoading
import PlanModel
import TestSupport
import Testing

private func milliseconds(_ text: String) -> Int64? {
  guard case .success(let duration) = DurationText.read(text) else { return nil }
  let (seconds, attoseconds) = duration.components
  return seconds * 1000 + attoseconds / 1_000_000_000_000_000
}

@Test(
  arguments: [
    ("500ms", 500), ("90s", 90_000), ("1h30m", 5_400_000), ("1d", 86_400_000), ("30m1h", 5_400_000), ("0s", 0),
    ("1m500ms", 60_500), ("", nil), ("90", nil), ("1.5h", nil), ("1h 30m", nil), ("s", nil), ("1H", nil), ("-1s", nil),
    ("1s1s", nil), ("1h30", nil), ("99999999999999999999s", nil), ("9223372036854775807d", nil), ("36501d", nil),
  ] as [(String, Int64?)])
func durationsAreWholeNumbersWithUnits(text: String, expected: Int64?) {
  #expect(milliseconds(text) == expected)
}

@Test func aBareNumberIsOfferedAsSeconds() {
  #expect(DurationText.read("90") == .failure(ScalarProblem("the duration \"90\" has no unit", replacement: "90s")))
}

@Test(
  arguments: [
    ("0", 0), ("512", 512), ("512B", 512), ("1KB", 1000), ("1KiB", 1024), ("2 MiB", 2_097_152), ("3GB", 3_000_000_000),
    ("", nil), ("KB", nil), ("1kb", nil), ("1.5MB", nil), ("-1", nil), ("9223372036854775807", Int.max),
    ("9223372036854775807KB", nil), ("99999999999999999999", nil),
  ] as [(String, Int?)])
func sizesAreDecimalOrBinary(text: String, expected: Int?) {
  #expect((try? SizeText.read(text).get()) == expected)
}

@Test func aUnitInTheWrongCaseIsOffered() {
  #expect(throws: ScalarProblem("unknown unit \"kib\" of a size; write \"KiB\"", replacement: "4KiB")) {
    try SizeText.read("4kib").get()
  }
}

@Test(arguments: [
  ("30m", 30, 30), ("4h", 240, 240), ("2-3d", 960, 1440), ("1w", 2400, 2400), ("1 sprint", 4800, 4800),
  ("1-2 sprints", 4800, 9600), ("2 days", 960, 960), ("3 weeks", 7200, 7200), ("1 – 2 Days", 480, 960),
])
func estimatesAreWorkingTime(text: String, low: Int, high: Int) {
  #expect(EstimateText.read(text) == .success(Estimate(text: text, lowMinutes: low, highMinutes: high)))
}

@Test(arguments: ["", "4", "h", "3-2d", "2 fortnights", "99999999999999999999d", "9223372036854775807w", "1-d"])
func otherTextsAreNoEstimates(text: String) {
  #expect(throws: ScalarProblem.self) { try EstimateText.read(text).get() }
}

@Test func theCalendarScalesEstimates() {
  let calendar = WorkCalendar(minutesPerDay: 360, daysPerWeek: 4, weeksPerSprint: 3)
  #expect(
    EstimateText.read("1 sprint", calendar: calendar)
      == .success(Estimate(text: "1 sprint", lowMinutes: 4320, highMinutes: 4320)))
}

@Test func randomScalarsNeverTrap() {
  var random = SeededGenerator(seed: 9)
  let pieces = [
    "1", "90", "99999999999", "9223372036854775807", "ms", "s", "m", "h", "d", "w", "K", "B", "i", " ", "-", "–",
    "sprint", "é", ".",
  ]
  for _ in 0..<20_000 {
    var text = ""
    for _ in 0..<Int.random(in: 0..<7, using: &random) { text += pieces.randomElement(using: &random) ?? "" }
    if case .success(let duration) = DurationText.read(text) { #expect(duration >= .zero) }
    if case .success(let size) = SizeText.read(text) { #expect(size >= 0) }
    let calendar = WorkCalendar(minutesPerDay: .max, daysPerWeek: .max, weeksPerSprint: 2)
    for calendar in [WorkCalendar(), calendar] {
      if case .success(let estimate) = EstimateText.read(text, calendar: calendar) {
        #expect(estimate.lowMinutes <= estimate.highMinutes)
      }
    }
  }
}
