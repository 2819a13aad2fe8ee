internal import Digest
internal import PlanGraph
internal import PlanModel
internal import SourceText
internal import Testing

@testable internal import Executor
@testable internal import Planner

/// Which steps a rollback takes back, and in which order.
struct ExecutedStepsTests {
  private func attempt(
    _ id: Int64, _ step: String, _ state: Attempt.State, at end: Int64? = nil, isLaunched: Bool = true
  ) -> Attempt {
    Attempt(
      id: id, run: 1, leg: 1, step: step, number: 1, state: state,
      fingerprint: Fingerprint(definition: SHA256.digest(of: step)), claimedAt: id, startedAt: isLaunched ? id : nil,
      endedAt: end ?? (state == .claimed ? nil : id), bootID: "b")
  }

  private func executed(
    _ attempts: [Attempt], recorded: Set<Int64> = [], undoes: [String: [String]] = [:], _ planned: PlannedPlan? = nil
  ) -> ExecutedSteps {
    ExecutedSteps(attempts, recorded: recorded, undoes: undoes, order: planned)
  }

  private func planned(_ needs: [(id: String, needs: [String])]) -> PlannedPlan? {
    var plan = Plan(title: "t", path: "p")
    plan.steps = needs.map { id, needs in
      var step = Step(id: Located(id, .fileStart), action: .check(CheckAction(checks: [])))
      step.needs = needs.map { Located($0, .fileStart) }
      return step
    }
    return PlannedPlan(plan, StepGraph(plan))
  }

  @Test func whatEndedLastComesFirst() {
    let steps = executed([
      attempt(1, "a", .succeeded, at: 50), attempt(2, "b", .succeeded, at: 40), attempt(3, "c", .succeeded, at: 60),
    ]).steps
    #expect(steps.map(\.id) == ["c", "a", "b"])
  }

  /// A clock that was set back changes nothing about what needs what.
  @Test func nothingComesBeforeWhatNeedsIt() {
    let attempts = [
      attempt(1, "a", .succeeded, at: 90), attempt(2, "b", .succeeded, at: 20), attempt(3, "c", .succeeded, at: 30),
      attempt(4, "x", .succeeded, at: 50),
    ]
    // The step between them was skipped.
    let plan = planned([("a", []), ("b", ["a"]), ("between", ["b"]), ("c", ["between"]), ("x", [])])
    #expect(executed(attempts, plan).steps.map(\.id) == ["x", "c", "b", "a"])
  }

  @Test func whatHadNoEffectIsNotThere() {
    let steps = executed(
      [
        attempt(1, "unprepared", .failed, isLaunched: false), attempt(2, "tried", .failed),
        attempt(3, "cut", .cancelled),
        attempt(4, "wrote", .failed, isLaunched: false), attempt(5, "asked", .waiting, isLaunched: false),
        attempt(6, "open", .claimed),
      ], recorded: [4]
    ).steps
    #expect(steps.map(\.id) == ["open", "asked", "wrote", "cut", "tried"])
    #expect(steps.map(\.standing) == [.inDoubt, .waiting, .failed, .failed, .failed])
  }

  @Test func aSuccessBeforeAFailureIsStillToBeTakenBack() {
    let steps = executed([attempt(1, "a", .succeeded), attempt(2, "a", .failed)]).steps
    #expect(steps.map(\.standing) == [.succeeded] && steps[0].attempts == [1, 2] && steps[0].attempt.id == 2)
  }

  @Test func whatIsTakenBackIsNotThereUntilItRunsAgain() {
    var attempts = [
      attempt(1, "a", .succeeded), attempt(2, "b", .succeeded), attempt(3, "undo:b", .failed),
      attempt(4, "undo:b", .succeeded), attempt(5, "undo:a", .failed), attempt(6, "stop", .succeeded),
    ]
    #expect(executed(attempts).steps.map(\.id) == ["stop", "a"])
    #expect(executed(attempts).takenBack == ["b"])
    // A step of `finally` takes one back, too.
    #expect(executed(attempts, undoes: ["stop": ["a"]]).steps.map(\.id) == ["stop"])
    attempts.append(attempt(7, "b", .succeeded))
    #expect(executed(attempts).steps.map(\.id) == ["b", "stop", "a"])
    #expect(executed(attempts).steps[0].attempts == [7] && executed(attempts).takenBack.isEmpty)
  }

  @Test(.timeLimit(.minutes(60))) func aHundredThousandStepsAreOrdered() throws {
    let count = 100_000
    let plan = planned((0..<count).map { ("s\($0)", $0 == 0 ? [] : ["s\($0 - 1)"]) })
    let attempts = (0..<count).map { attempt(Int64($0 + 1), "s\($0)", .succeeded) }
    let steps = executed(attempts, plan).steps
    #expect(steps.count == count && steps.first?.id == "s\(count - 1)" && steps.last?.id == "s0")
  }
}
