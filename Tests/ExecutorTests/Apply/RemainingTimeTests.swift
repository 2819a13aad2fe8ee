internal import PlanGraph
internal import PlanModel
internal import SourceText
internal import Testing

@testable internal import Executor
@testable internal import Planner

/// How long a run still takes, by what its steps took before.
struct RemainingTimeTests {
  /// `a` before `b` and `c`, which are before `d`; `e` alone.
  private func planned(estimate: Estimate? = nil) throws -> PlannedPlan {
    var plan = Plan(title: "t", path: "p")
    let needs: [(String, [String])] = [("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["b", "c"]), ("e", [])]
    plan.steps = needs.map { id, needs in
      var step = Step(id: Located(id, .fileStart), action: .exec(ExecAction(arguments: [])))
      step.needs = needs.map { Located($0, .fileStart) }
      if id == "e", let estimate { step.details.estimate = estimate }
      return step
    }
    return try #require(PlannedPlan(plan, StepGraph(plan)))
  }

  private func time(
    _ before: [String: [Int64]], jobs: Int = 8, estimate: Estimate? = nil, excluded: Set<String> = [],
    elapsed: [String: Int64]
  ) throws -> RunProgress.Remaining? {
    let planned = try planned(estimate: estimate)
    var byNode: [Int: [Int64]] = [:]
    for (id, values) in before { byNode[try #require(planned.graph.index(of: id))] = values }
    let time = RemainingTime(
      planned, byNode, excluded: Set(excluded.compactMap { planned.graph.index(of: $0) }), jobs: jobs)
    return time?.estimate { elapsed[planned.nodes[$0].id] }
  }

  private static let all: [String: Int64] = ["a": 0, "b": 0, "c": 0, "d": 0, "e": 0]
  private static let before: [String: [Int64]] = [
    "a": [30, 10, 20], "b": [100], "c": [40, 60], "d": [5], "e": [7],
  ]

  @Test func nothingIsSaidBeforeThereWasARun() throws {
    #expect(try time([:], elapsed: Self.all) == nil)
  }

  @Test func theLongestWayCountsByMedians() throws {
    #expect(try time(Self.before, elapsed: Self.all) == .init(milliseconds: 125, isLeast: false))
    #expect(try time(Self.before, elapsed: ["b": 30, "c": 0, "d": 0]) == .init(milliseconds: 75, isLeast: false))
    // What takes longer than ever has its own end still to come, not more.
    #expect(try time(Self.before, elapsed: ["b": 500, "d": 0]) == .init(milliseconds: 5, isLeast: false))
  }

  @Test func fewSlotsShareTheWork() throws {
    #expect(try time(Self.before, jobs: 1, elapsed: Self.all) == .init(milliseconds: 182, isLeast: false))
  }

  @Test func whatIsUnknownIsSaidOrEstimated() throws {
    var before = Self.before
    before["e"] = nil
    #expect(try time(before, elapsed: Self.all) == .init(milliseconds: 125, isLeast: true))
    let estimate = Estimate(text: "1-3m", lowMinutes: 1, highMinutes: 3)
    #expect(try time(before, estimate: estimate, elapsed: Self.all) == .init(milliseconds: 120_000, isLeast: false))
    #expect(try time(before, excluded: ["e"], elapsed: Self.all) == .init(milliseconds: 125, isLeast: false))
    #expect(try time(["d": [5]], elapsed: ["e": 0]) == nil)
  }
}
