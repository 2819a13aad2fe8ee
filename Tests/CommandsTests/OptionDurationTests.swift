internal import Testing

@testable internal import Commands

struct OptionDurationTests {
  @Test(arguments: [("0s", 0), ("90s", 90_000), ("1h30m", 5_400_000), ("1d1ms", 86_400_001), ("5m5m", 600_000)])
  func unitsAddUp(text: String, milliseconds: Int64) {
    #expect(Duration(optionValue: text) == .milliseconds(milliseconds))
  }

  @Test(arguments: ["", "5", "s", "5x", "-5s", "5s ", "1.5h", "5S", "99999999999999999999s", "9223372036854775807d"])
  func anythingElseIsRefused(text: String) {
    #expect(Duration(optionValue: text) == nil)
  }
}
