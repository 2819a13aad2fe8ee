internal import PlanModel
internal import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    (Int64(0), "1970-01-01T00:00:00.000Z"),
    (-1, "1969-12-31T23:59:59.999Z"),
    (951_827_696_789, "2000-02-29T12:34:56.789Z"),
    (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
  ])
  func knownTimes(milliseconds: Int64, text: String) {
    #expect(Timestamp.rfc3339(milliseconds) == text)
    #expect(Timestamp.parse(text) == milliseconds)
  }

  @Test func timesOutsideTheFormatAreClamped() {
    #expect(Timestamp.rfc3339(.max) == "9999-12-31T23:59:59.999Z")
    #expect(Timestamp.rfc3339(.min) == "0000-01-01T00:00:00.000Z")
  }

  @Test(arguments: [
    ("1970-01-01T01:00:00+01:00", Int64(0)), ("1969-12-31 19:00:00.5-05:00", 500), ("1970-01-01t00:00:00.0019z", 1),
    ("1970-01-01T00:00:60Z", 60_000),
  ])
  func otherSpellingsAreRead(text: String, milliseconds: Int64) {
    #expect(Timestamp.parse(text) == milliseconds)
  }

  @Test(arguments: [
    "", "1970-01-01", "1970-01-01T00:00:00", "1970-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "1970-00-01T00:00:00Z",
    "1970-13-01T00:00:00Z", "1970-01-00T00:00:00Z", "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z",
    "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00ZZ", "1970-01-01T00:00:00+0100", "1970-01-01T00:00:00+24:00",
    "1970-01-01T00:00:00+01:00x", "+970-01-01T00:00:00Z", "1970-01-01T00:00:0", "1970-01-01X00:00:00Z",
  ])
  func whatIsNoTimeIsRefused(text: String) {
    #expect(Timestamp.parse(text) == nil)
  }

  @Test func everyDayReadsBack() {
    var day: Int64 = -62_167_219_200_000
    while day < 253_402_300_800_000 {
      #expect(Timestamp.parse(Timestamp.rfc3339(day)) == day)
      day += 86_400_000 * 97 + 12_345
    }
  }
}
