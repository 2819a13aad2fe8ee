internal import PlanDocument
internal import SourceText
internal import TestSupport
internal import Testing

struct TimestampTests {
  /// Seconds of 2026-03-01T12:34Z.
  private static let noon: Int64 = 1_772_368_440

  @Test(arguments: [
    ("(2026-03-01 12:34Z)", noon), ("(2026-03-01T12:34Z)", noon), ("(2026-03-01T12:34:05Z)", noon + 5),
    ("(2026-03-01 12:34:05Z)", noon + 5), ("2026-03-01T12:34Z", noon), ("2026-03-01T12:34:05.250Z", noon + 5),
    ("(2026-03-01 16:34 +04:00)", noon), ("(2026-03-01 20:34 +0800)", noon), ("(2026-03-01T21:34+09:00)", noon),
    ("(2026-03-01 13:34 CET)", noon), ("(2026-03-01 12:34 UTC)", noon), ("(2026-03-01 12:34 Z)", noon),
    ("[2026-03-01 12:34Z]", noon), ("（2026-03-01 12:34Z）", noon), ("(2026-03-01 05:04 -0730)", noon),
    ("(2026-03-01)", nil), ("2026-03-01", nil), ("(2026-03-01 12:34)", nil), ("(2026-03-01 12:34 CST)", nil),
  ]) func readsAndWritesEachForm(text: String, seconds: Int64?) throws {
    for item in [
      "- [x] \(text) Did it.", "- [x] \(text)", "- [x] Did it \(text)", "- [x] Did it \(text).",
      "- [x] **\(text)** Did it",
    ] {
      let (items, source) = LivingText.progress(item)
      let timestamp = try #require(items.first?.timestamp, "\(item)")
      #expect(source.text(timestamp.range) == text)
      #expect(!timestamp.hasText)
      #expect(timestamp.time?.seconds == seconds)
      if let seconds, !text.contains(".") { #expect(timestamp.style.text(seconds) == text) }
    }
  }

  @Test func writesWhatHasNoZoneInUTC() {
    let day = TimestampStyle(brackets: .round, precision: .day, hasT: false, zone: .none)
    #expect(day.text(Self.noon) == "(2026-03-01)")
    #expect(day.text(-1) == "(1969-12-31)")
    let local = TimestampStyle(brackets: .none, precision: .minute, hasT: true, zone: .none)
    #expect(local.text(Self.noon) == "2026-03-01T12:34")
    let unclear = TimestampStyle(brackets: .round, precision: .minute, hasT: false, zone: .named("CST"))
    #expect(unclear.text(Self.noon) == "(2026-03-01 12:34Z)")
    #expect(TimestampStyle.canonical.text(Self.noon) == "(2026-03-01 12:34Z)")
  }

  @Test(arguments: [
    ("- [x] (2026-06-05 / **CI OK**) b", ItemTimestamp.Position.start, true), ("- [x] b (done 2026-06-05)", .end, true),
    ("- [x] b (2026-06-05) c", .middle, false), ("- [x] b\n  goes on (2026-06-05)", .end, false),
    ("- [x] b (2026-06-05: it works) and more", .middle, true), ("- [x] 2026-06-05: b", .start, false),
  ]) func knowsWhereItStands(text: String, position: ItemTimestamp.Position, hasText: Bool) throws {
    let timestamp = try #require(LivingText.progress(text).items.first?.timestamp)
    #expect(timestamp.position == position)
    #expect(timestamp.hasText == hasText)
  }

  @Test(arguments: [
    "- [x] Read `docs/2026-03-01-plan.md` now", "- [x] Read docs/2026-03-01.md", "- [x] b 2026-03-01 c",
    "- [x] 12026-03-01 b", "- [x] 2026-03-010", "- [x] (YYYY-MM-DD) b", "- [x] 2026-3-1 b",
  ]) func takesNoPartOfANameForATime(text: String) {
    #expect(LivingText.progress(text).items.first?.timestamp == nil)
  }

  @Test(arguments: [
    "(2026-02-29)", "(2026-13-01)", "(2026-04-31 12:00Z)", "(2026-01-01 24:00Z)", "(2026-01-01 12:60Z)", "(2026-00-00)",
  ])
  func aTimeThatDoesNotExistHasNoValue(text: String) throws {
    let timestamp = try #require(LivingText.progress("- [x] \(text) b").items.first?.timestamp)
    #expect(timestamp.time == nil)
  }

  @Test(arguments: [
    ("2026-03-01 12:00Z", "2026-03-01 12:01Z", true), ("2026-03-01 12:01Z", "2026-03-01 12:00Z", false),
    ("2026-03-01 12:00Z", "2026-03-01", false), ("2026-03-01", "2026-03-02 00:00Z", true),
    ("2026-03-01 12:00 +09:00", "2026-03-01 04:00Z", true), ("2026-03-01 12:00:30Z", "2026-03-01 12:00Z", false),
    ("2026-03-01 12:00", "2026-03-01 12:30Z", true),
  ]) func comparesInTheCoarserPrecision(first: String, second: String, isBefore: Bool) throws {
    let (items, _) = LivingText.progress("- [x] (\(first)) a\n- [x] (\(second)) b")
    let times = items.compactMap { $0.timestamp?.time }
    #expect(times.count == 2)
    #expect(times[0].isBefore(times[1]) == isBefore)
  }

  @Test func theFormOfMostItemsIsTheOneToWrite() {
    let mixed = LivingText.read(
      "## Progress\n\n- [x] a (2026-03-01)\n- [x] (2026-03-01 12:00Z) b\n- [x] c (2026-03-02)\n"
    ).living.timestampUse
    #expect(mixed.style == TimestampStyle(brackets: .round, precision: .day, hasT: false, zone: .none))
    #expect(mixed.position == .end)
    let last = LivingText.read("## Progress\n\n- [x] 2026-03-01 a\n- [x] (2026-03-01T12:00Z) b\n").living.timestampUse
    #expect(last.style == TimestampStyle(brackets: .round, precision: .minute, hasT: true, zone: .z(hasBlank: false)))
    #expect(LivingText.read("## Progress\n\n- [ ] a\n").living.timestampUse.style == .canonical)
  }

  @Test func aTimeReadsBackAsItWasWritten() throws {
    var random = SeededGenerator(seed: 3)
    let zones: [TimestampStyle.Zone] = [
      .z(hasBlank: false), .z(hasBlank: true), .offset(minutes: 540, hasColon: true, hasBlank: false),
      .offset(minutes: -210, hasColon: false, hasBlank: true), .named("JST"), .named("UTC"),
    ]
    for _ in 0..<2000 {
      let style = TimestampStyle(
        brackets: [.none, .round, .square, .wide].randomElement(using: &random) ?? .none,
        precision: Bool.random(using: &random) ? .minute : .second, hasT: Bool.random(using: &random),
        zone: zones.randomElement(using: &random) ?? .none)
      // From 2000 to 2099.
      let seconds = Int64.random(in: 946_684_800..<4_102_444_800, using: &random)
      let text = style.text(seconds)
      let timestamp = try #require(LivingText.progress("- [x] \(text) b").items.first?.timestamp, "\(text)")
      #expect(timestamp.style == style, "\(text)")
      #expect(timestamp.time?.seconds == (style.precision == .minute ? seconds - seconds % 60 : seconds), "\(text)")
    }
  }
}
