internal import Executor
internal import Foundation
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import TestSupport
internal import Testing

/// What an invocation leaves that was killed in the middle of putting things right; found by the simulation.
struct CutShortTests {
  /// A leg that was to run what is owed, and was killed before it came to anything.
  @Test func whatALegOwesIsStillOwedWhenTheLegThatPaysIsKilled() throws {
    let plan = """
      steps: [{id: a, run: "echo a >> ran; test -e ok"}]
      finally: [{id: z, run: echo z >> ran}]
      """
    try TestProject.with(plan) { project in
      _ = try project.apply()
      try project.write("ok")
      try project.forge(
        "UPDATE runs SET state = 'running', finished_at = NULL", "UPDATE legs SET ended_at = NULL, exit_code = NULL",
        """
        INSERT INTO legs(id, run_id, pid, host, boot_id, pid_namespace, nonce, started_at, ended_at, exit_code)
        SELECT id + 1000, run_id, pid, host, boot_id, pid_namespace, nonce, started_at, NULL, NULL FROM legs
        """)
      let applied = try project.apply { $0.mode = .fresh }
      #expect(applied.exit == .success)
      #expect(project.lines("ran") == ["a", "z", "z", "a", "z"])
    }
  }

  private static let chain = """
    steps:
      - {id: a, run: "echo a >> ran; tr -d ' ' < in > mid", outputs: [mid]}
      - {id: b, needs: [a], run: "echo b >> ran; cp mid out"}
      - {id: c, needs: [b], run: "test -e ok"}
    """

  /// The checkpoint of `a` was dropped because a person asked for it, and the leg was killed before it came to `b`.
  @Test(arguments: [(" x", ["a", "b", "a"]), ("y", ["a", "b", "a", "b"])])
  func whatRestsOnAnEarlierResultIsLookedAtAfterAKill(_ content: String, _ ran: [String]) throws {
    try TestProject.with(CutShortTests.chain) { project in
      try project.write("in", "x")
      _ = try project.apply()
      try project.forge("UPDATE checkpoints SET superseded = 1 WHERE step = 'a'")
      try project.write("in", content)
      try project.write("ok")
      let forecast = try project.forecast()
      #expect(forecast["b"] == "unknown unknown_until")
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(project.lines("ran") == ran)
    }
  }

  /// What waits anew is not done, whatever was recorded of it before.
  @Test func aStepThatWaitsAnewIsNoLongerRecordedAsDone() throws {
    let plan = """
      steps:
        - {id: a, run: "echo 1"}
        - {id: b, needs: [a], manual: {instructions: Look}}
        - {id: c, needs: [b], run: "test -e ok"}
      """
    try TestProject.with(plan) { project in
      _ = try project.apply()
      let node = try #require(try project.planned().graph.index(of: "b"))
      let completion = StepCompletion(
        planned: try project.planned(), site: project.site, node: node, values: [], met: nil, evidence: [], note: nil,
        by: "a test", command: CommandWords(plan: "test"))
      guard case .done = try completion.record(arguments: []) else {
        Issue.record("the step is not done")
        return
      }
      _ = try project.apply()
      project.body = plan.replacing("echo 1", with: "echo 2")
      let again = try project.apply { $0.changed = .rerun }
      #expect(again.state("b") == .waiting)
      #expect(try project.query("SELECT count(*) FROM checkpoints WHERE step = 'b' AND superseded = 0") == ["0"])
    }
  }

  /// What was carried over is no evidence for another definition, not even while it runs.
  @Test func aCarriedSuccessOfAnotherDefinitionIsDropped() throws {
    let plan = """
      steps:
        - {id: a, run: "cp in mid", inputs: [in], outputs: [mid]}
        - {id: b, needs: [a], run: "test -e ok"}
      """
    try TestProject.with(plan) { project in
      try project.write("in", "x")
      try project.write("ok")
      _ = try project.apply()
      try project.remove("ok")
      #expect(try project.apply().states == "a skipped, b failed")
      project.body = plan.replacing("cp in mid", with: "cp in mid; exit 3")
      // The summary and the record agree, which `apply` looks at.
      #expect(try project.apply().states == "a failed, b failed")
    }
  }

  /// Records that were made after the restart say nothing about how long ago a step had ended before it.
  @Test func whatIsRecordedAfterARestartMakesNoEffectOlder() throws {
    let plan = """
      steps:
        - {id: a, run: echo a >> ran}
        - {id: b, run: echo b >> ran}
      """
    try TestProject.with(plan) { project in
      _ = try project.apply { $0.jobs = 1 }
      try project.forge(
        "DELETE FROM checkpoints WHERE step = 'b'",
        """
        UPDATE attempts SET state = 'failed', ended_at = ended_at + 3600000, reason = 'resolved' WHERE step = 'b'
        """,
        "UPDATE runs SET state = 'interrupted', finished_at = NULL", "UPDATE checkpoints SET boot_id = 'another'",
        "UPDATE attempts SET boot_id = 'another'")
      let refused = try project.apply()
      #expect(refused.refusal?.message.contains("the machine was restarted") == true)
    }
  }

  /// A clock that was set back makes what came later look older than it is.
  @Test func aClockThatWasSetBackMakesNoEffectOlder() throws {
    let plan = """
      steps:
        - {id: a, run: echo a >> ran, outputs: [ran]}
        - {id: b, needs: [a], run: "true"}
        - {id: c, needs: [b], run: "test -e ok"}
      """
    try TestProject.with(plan) { project in
      _ = try project.apply()
      try project.forge(
        "UPDATE checkpoints SET boot_id = 'another'", "UPDATE attempts SET boot_id = 'another'",
        "UPDATE checkpoints SET ended_at = ended_at + 3600000 WHERE step = 'a'",
        "UPDATE attempts SET claimed_at = claimed_at + 3600000, ended_at = ended_at + 3600000 WHERE step = 'a'")
      let refused = try project.apply()
      #expect(refused.refusal?.details.contains { $0.contains("\"b\"") } == true)
    }
  }

  @Test func aNewRunCountsItsOwnAttempts() throws {
    try TestProject.with("steps: [{id: a, run: echo a >> ran, idempotent: true}]") { project in
      _ = try project.apply()
      try project.cutOff("a")
      let fresh = try project.apply { $0.mode = .fresh }
      #expect(fresh.step("a")?.attempts == 1)
      #expect(try project.query("SELECT number FROM attempts ORDER BY id") == ["1", "1"])
    }
  }

  /// What rests on another result is done anew even where it looks as it should, and the forecast says so.
  @Test func theForecastOfAFileThatRestsOnAnotherResultSaysThatItIsMade() throws {
    let plan = """
      steps:
        - {id: a, run: "tr -d ' ' < in > mid", outputs: [mid]}
        - {id: b, needs: [a], file: {path: f, content: text}}
        - {id: c, needs: [b], run: "test -e ok"}
      """
    try TestProject.with(plan) { project in
      try project.write("in", "x")
      _ = try project.apply()
      try project.forge(
        "UPDATE checkpoints SET result = (SELECT result FROM checkpoints WHERE step = 'b') WHERE step = 'a'")
      #expect(try project.forecast()["b"] == "run forced")
      #expect(try project.apply().state("b") == .succeeded)
    }
  }

  /// `verify` sees what the step saw, though the need that gave it is made anew.
  @Test func verifyAfterARestartReadsValuesOfWhatIsMadeAnew() throws {
    let plan = #"""
      steps:
        - {id: a, run: "echo v=1 >> $EXECPLAN_OUTPUT; echo a > a.txt", outputs: [a.txt]}
        - {id: b, run: echo b >> ran, env: {V: "${{ steps.a.values.v }}"}, verify: [{run: 'test "$V" = 1'}], needs: [a]}
        - {id: c, needs: [b], run: "test -e ok"}
      """#
    try TestProject.with(plan) { project in
      _ = try project.apply()
      try project.forge("UPDATE checkpoints SET boot_id = 'another'", "UPDATE attempts SET boot_id = 'another'")
      try project.remove("a.txt")
      try project.write("ok")
      #expect(try project.apply().exit == .success)
      #expect(project.lines("ran") == ["b"])
    }
  }

  /// A step that is made anew after a success has all its tries.
  @Test func failuresBeforeASuccessAreNotCountedAgainstARerun() throws {
    let plan = """
      steps:
        - {id: a, run: "test -e once && exit; touch once; exit 1", retry: {times: 1, delay: 1ms}}
        - {id: b, needs: [a], run: "test -e ok"}
      """
    try TestProject.with(plan) { project in
      #expect(try project.apply().states == "a succeeded, b failed")
      try project.remove("once")
      let again = try project.apply { $0.rerun = ["a"] }
      #expect(again.state("a") == .succeeded)
      #expect(again.step("a")?.attempts == 4)
    }
  }

  /// What was carried over from an earlier run can be lost in a restart, too.
  @Test func anOutputThatWasCarriedOverIsLookedAtAfterARestart() throws {
    let plan = """
      steps:
        - {id: a, run: "echo a >> ran; cp in mid", inputs: [in], outputs: [mid]}
        - {id: b, needs: [a], run: "test -e ok"}
      """
    try TestProject.with(plan) { project in
      try project.write("in", "x")
      try project.write("ok")
      _ = try project.apply()
      try project.remove("ok")
      #expect(try project.apply().states == "a skipped, b failed")
      try project.forge("UPDATE checkpoints SET boot_id = 'another'", "UPDATE attempts SET boot_id = 'another'")
      try project.remove("mid")
      try project.write("ok")
      #expect(try project.apply().exit == .success)
      #expect(project.lines("ran") == ["a", "a"])
      #expect(project.read("mid") == "x")
    }
  }

  /// It is done, but the value that its `state` is made of is lost.
  @Test func aProbeThatCannotMakeTheStateLeavesItToAPerson() throws {
    let plan = #"""
      steps:
        - {id: a, run: "touch made; echo v=1 >> $EXECPLAN_OUTPUT", unless: test -e made, state: {k: "${{ values.v }}"}}
      """#
    try TestProject.with(plan) { project in
      _ = try project.apply()
      try project.cutOff("a")
      try project.forge("DELETE FROM state")
      for name in try FileManager.default.contentsOfDirectory(atPath: project.folder.path(".execplan/logs/1"))
      where name.hasSuffix(".values") {
        try project.remove(".execplan/logs/1/\(name)")
      }
      #expect(try project.apply().exit == .refused)
      let resolution = StepResolution(
        site: project.site, plan: "test", step: "a", verdict: .done, note: nil,
        values: [Value.Entry("v", .string("1"))],
        command: CommandWords(plan: "test"), requiredValues: [], planned: try project.planned())
      #expect(try resolution.record(arguments: []) == nil)
      #expect(try project.apply().exit == .success)
      #expect(try project.query("SELECT key, value FROM state") == ["k|\"1\""])
    }
  }

  /// `--fresh` carries nothing over, not even when the leg that began the new run was killed at once.
  @Test func aFreshRunThatIsResumedCarriesNothingOver() throws {
    let plan = #"""
      steps:
        - {id: a, run: "cp in mid; echo v=1 >> $EXECPLAN_OUTPUT", inputs: [in], outputs: [mid], state: {k: "${{ values.v }}"}}
        - {id: b, needs: [a], run: "test -e ok"}
      """#
    try TestProject.with(plan) { project in
      try project.write("in", "x")
      _ = try project.apply()
      #expect(try project.apply { $0.mode = .fresh }.states == "a succeeded, b failed")
      // The new run has come to nothing yet.
      try project.forge(
        "DELETE FROM checkpoints WHERE run_id = 2", "DELETE FROM attempts WHERE run_id = 2",
        "UPDATE runs SET state = 'running', finished_at = NULL WHERE id = 2")
      try project.write("ok")
      #expect(try project.apply().states == "a succeeded, b succeeded")
      #expect(try project.query("SELECT key, value FROM state") == ["k|\"1\""])
    }
  }
}
