internal import PlanModel
internal import Reporting
internal import Testing

struct PeopleTextTests {
  @Test(
    arguments: [
      (0, "0 ms"), (999, "999 ms"), (1000, "1.0 s"), (1249, "1.2 s"), (9949, "9.9 s"), (9950, "10 s"), (59_999, "59 s"),
      (60_000, "1 min 00 s"), (185_000, "3 min 05 s"), (3_600_000, "1 h 00 min"), (7_800_000, "2 h 10 min"),
      (86_400_000 * 3 + 3_600_000 * 4, "3 d 04 h"), (-5, "0 ms"),
    ] as [(Int64, String)])
  func durations(_ milliseconds: Int64, _ text: String) {
    #expect(PeopleText.duration(milliseconds: milliseconds) == text)
  }

  @Test(
    arguments: [
      (0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1536, "1.5 KiB"), (5 << 20, "5.0 MiB"),
      (Int64.max, "7.9 EiB"), (1 << 60, "1.0 EiB"),
    ] as [(Int64, String)])
  func sizes(_ bytes: Int64, _ text: String) {
    #expect(PeopleText.size(bytes: bytes) == text)
  }

  @Test func timesForPeople() {
    #expect(Timestamp.absolute(1_788_091_424_250) == "2026-08-30 12:03:44Z")
    #expect(PeopleText.relative(0, now: 5000) == "just now")
    #expect(PeopleText.relative(0, now: 45_000) == "45 s ago")
    #expect(PeopleText.relative(0, now: 7_200_000) == "2 h ago")
    #expect(PeopleText.relative(86_400_000 * 3, now: 0) == "in 3 days")
    #expect(PeopleText.relative(.min, now: .max) == "long ago")
  }

  @Test func countsAndLists() {
    #expect(PeopleText.count(1, "step") == "1 step")
    #expect(PeopleText.count(0, "entry", "entries") == "0 entries")
    #expect(PeopleText.list(["a", "b"]) == "a, b")
    #expect(PeopleText.list(["a", "b", "c"], atMost: 2) == "a, b, … (1 more)")
    #expect(PeopleText.workingTime(minutes: 45) == "45 min")
    #expect(PeopleText.workingTime(minutes: 90) == "1 h 30 min")
    #expect(PeopleText.workingTime(minutes: 480 + 60) == "1 d 1 h")
    #expect(PeopleText.workingTime(minutes: 0) == "0 min")
  }
}
