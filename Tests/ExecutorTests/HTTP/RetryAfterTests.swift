internal import PlanModel
internal import Testing

@testable internal import Executor

struct RetryAfterTests {
  /// Sun, 06 Nov 1994 08:49:37 GMT.
  private static let example: Int64 = 784_111_777_000

  @Test(arguments: [
    ("0", Duration.zero), ("120", .seconds(120)), ("007", .seconds(7)),
    ("99999999999999999999", .seconds(100 * 366 * 86_400)),
  ])
  func secondsAreRead(text: String, delay: Duration) {
    #expect(RetryAfter.delay(text, now: 0) == delay)
  }

  /// The three forms of RFC 9110, section 5.6.7.
  @Test(arguments: ["Sun, 06 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
  func datesAreRead(text: String) {
    #expect(RetryAfter.delay(text, now: Self.example - 90_000) == .seconds(90))
    #expect(RetryAfter.delay(text, now: Self.example + 1) == .zero)
  }

  @Test func twoDigitsOfAYearAreOfThisCentury() {
    #expect(
      HTTPDate.milliseconds("Sunday, 06-Nov-94 08:49:37 GMT") == HTTPDate.milliseconds("Sat, 06 Nov 2094 08:49:37 GMT"))
  }

  @Test(arguments: [
    "", "-1", "+1", "1.5", "1 2", "soon", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT",
    "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
    "1994-11-06T08:49:37Z",
    "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
  ])
  func otherTextsSayNothing(text: String) {
    #expect(RetryAfter.delay(text, now: 0) == nil)
  }

  // MARK: What a retry makes of it

  private func delay(_ asked: Duration?, elapsed: Duration = .zero, _ policy: RetryPolicy) -> Duration? {
    var result = AttemptResult.failed("503")
    result.retryAfter = asked
    return RetryDecision(policy: policy).delay(after: result, failures: 1, elapsed: elapsed, random: 0)
  }

  @Test func theLongerOfBothDelaysCounts() {
    let policy = RetryPolicy(times: 2, delay: .seconds(4), jitter: false)
    #expect(delay(nil, policy) == .seconds(4))
    #expect(delay(.seconds(1), policy) == .seconds(4))
    // Longer than the longest delay of one's own, too.
    #expect(delay(.seconds(300), policy) == .seconds(300))
  }

  @Test func thereIsAnEndToWaiting() {
    let policy = RetryPolicy(times: 2, jitter: false)
    #expect(delay(.seconds(3600), policy) == .seconds(3600))
    #expect(delay(.seconds(3601), policy) == nil)
    var bounded = policy
    bounded.maxElapsed = .seconds(7200)
    #expect(delay(.seconds(7000), bounded) == .seconds(7000))
    #expect(delay(.seconds(7000), elapsed: .seconds(300), bounded) == nil)
    #expect(delay(.seconds(1), RetryPolicy(times: 0)) == nil)
  }
}
