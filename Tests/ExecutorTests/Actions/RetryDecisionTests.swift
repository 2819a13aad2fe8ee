internal import PlanModel
internal import Testing

@testable internal import Executor

struct RetryDecisionTests {
  private func delays(_ policy: RetryPolicy, random: Double = 0) -> [Duration?] {
    (1...policy.times + 1).map {
      RetryDecision(policy: policy).delay(after: .failed("x"), failures: $0, elapsed: .zero, random: random)
    }
  }

  @Test func delaysGrowToTheirLimitAndEnd() {
    let policy = RetryPolicy(times: 5, delay: .seconds(1), factor: 2, maxDelay: .seconds(5), jitter: false)
    #expect(delays(policy) == [.seconds(1), .seconds(2), .seconds(4), .seconds(5), .seconds(5), nil])
  }

  @Test func jitterStaysInTheUpperHalfOfADelay() {
    let policy = RetryPolicy(times: 1, delay: .seconds(2), jitter: true)
    #expect(delays(policy, random: 0) == [.seconds(1), nil])
    #expect(delays(policy, random: 0.5) == [.milliseconds(1500), nil])
  }

  @Test func noTryBeginsAfterTheWholeTime() {
    let decision = RetryDecision(policy: RetryPolicy(times: 9, maxElapsed: .seconds(60), jitter: false))
    #expect(decision.delay(after: .failed("x"), failures: 1, elapsed: .seconds(59), random: 0) == .seconds(1))
    #expect(decision.delay(after: .failed("x"), failures: 1, elapsed: .seconds(60), random: 0) == nil)
  }

  @Test func onlyFailuresAreTriedAgain() {
    let decision = RetryDecision(policy: RetryPolicy(times: 3, jitter: false))
    for ending in [AttemptResult.Ending.succeeded, .cancelled, .inDoubt] {
      #expect(decision.delay(after: AttemptResult(ending), failures: 1, elapsed: .zero, random: 0) == nil)
    }
    #expect(decision.delay(after: AttemptResult(.timedOut), failures: 1, elapsed: .zero, random: 0) == .seconds(1))
  }
}
