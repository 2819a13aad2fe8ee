internal import Executor
internal import Journal
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
}
