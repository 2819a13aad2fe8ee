internal import Executor
internal import PlanGraph
internal import PlanModel
internal import TestSupport
internal import Testing

/// Of all that happened in a leg, the gravest decides the exit code.
struct ExitCodeTests {
  enum Part: String, CaseIterable, Sendable {
    case done = "{id: done, run: \"true\"}"
    case waiting = "{id: waiting, manual: {instructions: Look}}"
    case gate = "{id: gate, check: [{exists: nothing}]}"
    case failure = "{id: failure, run: exit 1}"
    case doubt = "{id: doubt, run: test -e never || true}"
  }

  @Test func aGateOfTheWholePlanCountsAsOneOfAPhase() throws {
    let steps = "steps:\n  - {id: good, gate: true, run: \"test -e b\"}\n  - {id: a, run: touch a}\n"
    try TestProject.with(steps) { project in
      let applied = try project.apply()
      #expect(applied.exit == .gateFailed)
      #expect(applied.states == "good failed, a succeeded")
    }
  }

  /// Every set of things that can happen together, with keep-going so that all of them do.
  @Test(arguments: 1..<(1 << Part.allCases.count))
  func theFirstThatAppliesDecides(_ set: Int) throws {
    let parts = Part.allCases.indices.filter { set & 1 << $0 != 0 }.map { Part.allCases[$0] }
    let expected: ExitCode =
      if parts.contains(.doubt) { .refused } else if parts.contains(.failure) { .failure } else if parts.contains(.gate)
      {
        .gateFailed
      } else if parts.contains(.waiting) { .waiting } else { .success }
    try TestProject.with("steps:\n" + parts.map { "  - \($0.rawValue)\n" }.joined()) { project in
      var applied = try project.apply { $0.keepGoing = true }
      if parts.contains(.doubt) {
        try project.cutOff("doubt")
        applied = try project.apply { $0.keepGoing = true }
      }
      #expect(applied.exit == expected, "\(applied.states)")
      let state: RunState =
        switch expected {
        case .success: .succeeded
        case .waiting: .waiting
        default: .failed
        }
      #expect(applied.result?.state == state)
    }
  }

  @Test func aDoubtIsRefusedUpFrontWithoutKeepGoing() throws {
    try TestProject.with("steps:\n  - {id: a, run: \"true\"}\n  - {id: b, run: echo b >> ran}\n") { project in
      _ = try project.apply { $0.jobs = 1 }
      try project.cutOff("a")
      let applied = try project.apply()
      #expect(applied.exit == .refused)
      #expect(applied.result == nil)
      #expect(project.lines("ran") == ["b"])
    }
  }

  @Test func unknownStepsAreWrongUsage() throws {
    try TestProject.with("steps:\n  - {id: a, run: \"true\"}\n") { project in
      let rerun = try project.apply { $0.rerun = ["nothing"] }
      #expect(rerun.exit == .usage)
      let only = try project.apply { $0.selection.only = ["nothing"] }
      #expect(only.exit == .usage)
    }
  }

  @Test func aNeedThatIsNotSelectedAndNotDoneIsRefused() throws {
    try TestProject.with("steps:\n  - {id: a, run: echo a >> ran}\n  - {id: b, needs: [a], run: echo b >> ran}\n") {
      project in
      let refused = try project.apply { $0.selection.only = ["b"] }
      #expect(refused.exit == .refused)
      #expect(refused.refusal?.nextCommands == ["apply test --until b"])
      #expect(project.lines("ran").isEmpty)
      let part = try project.apply { $0.selection.until = ["a"] }
      #expect(part.exit == .success)
      #expect(part.result?.state == .partial)
      // A plain apply goes on with the rest.
      let rest = try project.apply()
      #expect(rest.result?.state == .succeeded)
      #expect(project.lines("ran") == ["a", "b"])
    }
  }

  @Test func thePlansTimeEndsWhatRuns() throws {
    let plan = """
      steps:
        - {id: a, run: "sleep 300; touch a"}
        - {id: b, needs: [a], run: touch b}
        - {id: c, check: [{run: sleep 300}]}
        - {id: d, sql: {database: "sqlite:w.db", query: "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) as m from n"}}
      finally:
        - {id: z, run: touch z}
      """
    let didBegin = try withGrowingTimes { time in
      try TestProject.with("timeout: \(time)ms\n" + plan) { project in
        _ = try project.query("CREATE TABLE keep(x)", in: "w.db")
        let applied = try project.apply { $0.jobs = 3 }
        #expect(applied.exit == .failure)
        #expect(project.read("b") == nil)
        #expect(project.read("z") != nil)
        // One that was claimed may be given back before it began.
        let began = "SELECT count(*) FROM attempts WHERE step IN ('a', 'c', 'd') AND state <> 'released'"
        guard try project.query(began) == ["3"] else { return false }
        #expect(["a", "c", "d"].allSatisfy { applied.state($0) == .failed }, "\(applied.states)")
        return true
      }
    }
    #expect(didBegin)
  }

  @Test func aLiveApplyOfThePlanIsNamed() throws {
    try TestProject.with("steps:\n  - {id: a, run: \"true\"}\n") { project in
      _ = try project.apply()
      let held = try project.holdLock()
      let applied = try project.apply()
      #expect(applied.exit == .locked)
      #expect(applied.refusal?.message.contains("is applying this plan") == true)
      withExtendedLifetime(held) {}
    }
  }
}
