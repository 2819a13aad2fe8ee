internal import Executor
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Testing

struct RunStatesTests {
  @Test func theRecordTellsWhatHoldsWhom() throws {
    try TestProject.with(
      """
      steps:
        - {id: d, needs: [c], run: "true"}
        - {id: c, needs: [b], run: "true"}
        - {id: b, needs: [a], run: exit 1}
        - {id: a, run: exit 1, allow_failure: true}
        - {id: e, needs: [a, m], run: "true"}
        - {id: m, manual: {instructions: Look}}
      """
    ) { project in
      _ = try project.apply { $0.keepGoing = true }
      let state = project.site.state
      let steps = try JournalReader(state).read { reader throws(JournalError) -> [RunStates.Step] in
        guard let run = try reader.run(1) else { return [] }
        return try RunStates.read(run, reader, state, isLive: false)
      }
      let shown = steps.map { "\($0.id) \($0.state.rawValue) \($0.reason ?? "")" }
      #expect(
        shown == [
          "d blocked blocked by \"b\"", "c blocked blocked by \"b\"", "b failed exit 1", "a failed exit 1",
          "e blocked blocked by \"m\"", "m waiting ",
        ])
    }
  }

  /// Gates, phases without a gate and files order steps without `needs`; who is behind them is blocked all the same.
  @Test func whatStandsBehindAGateOrAFileIsBlocked() throws {
    try TestProject.with(
      """
      phases:
        - {id: one, title: One, gate: [{exists: ready.txt}]}
        - {id: two, title: Two}
        - {id: three, title: Three, gate: [{exists: other.txt}]}
        - {id: four, title: Four}
      steps:
        - {id: a, phase: one, run: "true"}
        - {id: b, phase: two, run: "true"}
        - {id: c, phase: three, run: "true"}
        - {id: d, phase: four, run: "true"}
        - {id: w, run: exit 1, outputs: [w.txt]}
        - {id: r, run: cat w.txt, inputs: [w.txt]}
      """
    ) { project in
      let held = try project.apply { $0.keepGoing = true }
      #expect(
        held.states == "a succeeded, b blocked, c blocked, d blocked, w failed, r blocked, gate:one failed, "
          + "gate:three blocked")
      #expect(held.step("d")?.blockedBy == "gate:one" && held.step("r")?.blockedBy == "w")
    }
  }

  /// What an earlier leg left and this one did not come to is told as it stands.
  @Test func whatALegDidNotComeToIsToldAsItStands() throws {
    try TestProject.with(
      """
      steps:
        - {id: a, run: test -e a.txt, idempotent: true}
        - {id: b, run: exit 1}
        - {id: c, needs: [b], run: "true"}
      """
    ) { project in
      let first = try project.apply { $0.keepGoing = true }
      #expect(first.states == "a failed, b failed, c blocked")
      let second = try project.apply()
      #expect(second.states == "a failed, b failed, c blocked")
      try project.write("a.txt")
      let part = try project.apply { $0.selection = .init(only: ["a"]) }
      #expect(part.states == "a succeeded, b failed, c blocked")
      #expect(part.exit == .success && part.result?.state == .partial)
    }
  }
}
