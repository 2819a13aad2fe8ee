internal import Executor
internal import PlanGraph
internal import PlanModel
internal import Testing

/// What a second apply does: over an unfinished run, after a crash, with another plan.
struct GoingOnTests {
  private static let chain = """
    steps:
      - {id: a, run: echo a >> ran}
      - {id: b, needs: [a], run: "echo b >> ran; test -e ok"}
      - {id: c, needs: [b], run: echo c >> ran}
    """

  // MARK: Unfinished runs

  @Test func whatIsCheckpointedIsNeverRunAgainInItsRun() throws {
    try TestProject.with(GoingOnTests.chain) { project in
      let first = try project.apply()
      #expect(first.states == "a succeeded, b failed, c blocked")
      try project.write("ok")
      let forecast = try project.forecast()
      #expect(forecast == ["a": "skip checkpointed", "b": "run failed_before", "c": "run never_started"])
      let second = try project.apply()
      #expect(second.exit == .success)
      #expect(second.result?.run == first.result?.run)
      #expect(second.beginning?.message?.contains("continuing run 1: 1 of 3 done, failed at b") == true)
      #expect(project.lines("ran") == ["a", "b", "b", "c"])
      // The run is over: the next one is new.
      let third = try project.apply()
      #expect(third.result?.run == 2)
    }
  }

  @Test func forceRunsAgainWhatIsCheckpointedToo() throws {
    try TestProject.with(GoingOnTests.chain) { project in
      _ = try project.apply()
      try project.write("ok")
      let forecast = try project.forecast { $0.force = true }
      #expect(forecast == ["a": "run forced", "b": "run failed_before", "c": "run forced"])
      // Only what is selected is forced.
      let part = try project.apply {
        $0.force = true
        $0.selection = Selection(only: ["b"])
      }
      #expect(part.exit == .success)
      #expect(project.lines("ran") == ["a", "b", "b"])
      let whole = try project.apply { $0.force = true }
      #expect(whole.states == "a succeeded, b succeeded, c succeeded")
      #expect(whole.result?.run == 1)
      #expect(project.lines("ran") == ["a", "b", "b", "a", "b", "c"])
    }
  }

  /// `--force` is no answer to a doubt.
  @Test func forceLeavesADoubtToAPerson() throws {
    try TestProject.with("steps: [{id: a, run: echo a >> ran}]") { project in
      _ = try project.apply()
      try project.cutOff("a")
      #expect(try project.apply { $0.force = true }.exit == .refused)
      #expect(project.lines("ran") == ["a"])
    }
  }

  @Test func freshStartsAnewAndResumeInsists() throws {
    try TestProject.with(GoingOnTests.chain) { project in
      let none = try project.apply { $0.mode = .resume }
      #expect(none.exit == .refused)
      #expect(none.refusal?.nextCommands == ["apply test"])
      _ = try project.apply()
      try project.write("ok")
      let fresh = try project.apply { $0.mode = .fresh }
      #expect(fresh.result?.run == 2)
      #expect(project.lines("ran") == ["a", "b", "a", "b", "c"])
      let states = try project.query("SELECT state FROM runs ORDER BY id")
      #expect(states == ["abandoned", "succeeded"])
      let nothing = try project.apply { $0.mode = .resume }
      #expect(nothing.exit == .success)
      #expect(nothing.result == nil)
    }
  }

  @Test func otherParametersAreRefusedOverAnUnfinishedRun() throws {
    try TestProject.with(
      "params: {p: {type: string, default: x}}\nsteps:\n  - {id: a, run: \"test ${{ params.p }} = y\"}\n"
    ) { project in
      _ = try project.apply()
      project.parameters = ["p": .string("y")]
      let other = try project.apply()
      #expect(other.exit == .refused)
      #expect(other.refusal?.details == ["p: run 1 has \"x\", this invocation \"y\""])
      let fresh = try project.apply { $0.mode = .fresh }
      #expect(fresh.exit == .success)
    }
  }

  // MARK: Changed definitions

  @Test func aChangedDefinitionIsRefusedWithTheFields() throws {
    try TestProject.with(GoingOnTests.chain) { project in
      _ = try project.apply()
      try project.write("ok")
      project.body = GoingOnTests.chain.replacing("echo a >> ran", with: "echo A >> ran")
      let refused = try project.apply()
      #expect(refused.exit == .refused)
      #expect(refused.refusal?.details == ["\"a\": run: echo a >> ran -> echo A >> ran"])
      let kept = try project.apply { $0.changed = .keep }
      #expect(kept.exit == .success)
      #expect(project.lines("ran") == ["a", "b", "b", "c"])
    }
  }

  @Test func rerunChangedRunsItAndWhatSeesAnotherResult() throws {
    let plan = """
      steps:
        - {id: a, run: "echo a >> ran; echo one > a.txt", outputs: [a.txt]}
        - {id: b, needs: [a], run: echo b >> ran; cat a.txt > b.txt, outputs: [b.txt]}
        - {id: c, needs: [b], run: "test -e ok"}
      """
    for (change, ran) in [("echo one  > a.txt", ["a", "b", "a"]), ("echo two > a.txt", ["a", "b", "a", "b"])] {
      try TestProject.with(plan) { project in
        _ = try project.apply()
        try project.write("ok")
        project.body = plan.replacing("echo one > a.txt", with: change)
        let applied = try project.apply { $0.changed = .rerun }
        #expect(applied.exit == .success, "\(applied.states)")
        // An equal result stops there: what needs it stands.
        #expect(project.lines("ran") == ran)
      }
    }
  }

  @Test func rerunRunsTheNamedStepAgain() throws {
    try TestProject.with(GoingOnTests.chain) { project in
      _ = try project.apply()
      try project.write("ok")
      let applied = try project.apply { $0.rerun = ["a"] }
      #expect(applied.exit == .success)
      #expect(project.lines("ran") == ["a", "b", "a", "b", "c"])
    }
    try TestProject.with(GoingOnTests.chain) { project in
      _ = try project.apply()
      try project.write("ok")
      let applied = try project.apply { $0.rerun = ["*"] }
      #expect(applied.result?.run == 1)
      #expect(project.lines("ran") == ["a", "b", "a", "b", "c"])
    }
  }

  @Test func aStepThatIsGoneOrGotANewNeedIsAChange() throws {
    try TestProject.with(GoingOnTests.chain) { project in
      _ = try project.apply()
      try project.write("ok")
      project.body = "steps:\n  - {id: b, run: \"echo b >> ran; test -e ok\"}\n"
      let gone = try project.apply()
      #expect(gone.exit == .refused)
      #expect(gone.refusal?.details.contains("\"a\": it is no longer in the plan") == true)
    }
    // A need that comes from files stands in no field of the step.
    let plan = """
      steps:
        - {id: a, run: "cat in.txt > a.txt", inputs: [in.txt], outputs: [a.txt]}
        - {id: b, needs: [a], run: "test -e ok"}
      """
    try TestProject.with(plan) { project in
      try project.write("in.txt", "x")
      _ = try project.apply()
      try project.write("ok")
      project.body = plan + "\n  - {id: new, run: \"echo y > in.txt\", outputs: [in.txt]}\n"
      let refused = try project.apply()
      #expect(refused.exit == .refused)
      #expect(refused.refusal?.details == ["\"a\": it now needs \"new\", which is not done"])
      let applied = try project.apply {
        $0.changed = .rerun
        $0.onConflict = .overwrite
      }
      #expect(applied.exit == .success)
      #expect(project.lines("a.txt") == ["y"])
    }
  }

  // MARK: Doubts

  /// A step of each class, and what is done about an attempt whose end nobody recorded.
  @Test(arguments: [
    ("run: echo x >> ran", "ask"),
    ("exec: [sh, -c, echo x >> ran]", "ask"),
    ("run: echo x >> ran, idempotent: true", "rerun"),
    ("run: echo x >> ran, on_interrupt: rerun", "rerun"),
    ("run: echo x >> ran, on_interrupt: fail", "fail"),
    ("run: echo x >> ran, on_interrupt: ask, unless: test -e nothing", "ask"),
    ("run: echo x >> ran, on_interrupt: verify, verify: [{exists: ran}]", "done"),
    ("run: echo x >> ran, on_interrupt: verify, verify: [{run: test -e proof}]", "verify"),
    ("run: echo x >> ran, unless: test -e ran", "done"),
    ("run: echo x >> ran, unless: test -e proof", "rerun"),
    ("run: echo x >> ran, creates: ran", "ask"),
    ("run: echo x >> ran, creates: ran, verify: [{exists: ran}]", "done"),
    ("run: echo x >> ran; touch out, creates: [out, gone]", "rerun"),
    ("run: echo x >> ran; cp in out, inputs: [in], outputs: [out]", "ask"),
    ("run: sh work.sh, inputs: [in], outputs: [out]", "moved"),
    ("run: echo x >> ran; cp in sub/out, inputs: [\"**\"], outputs: [sub/out]", "ask"),
    ("file: {path: ran, content: x}", "rerun"),
    ("edit: {path: ran, line: x}", "rerun"),
    ("sql: {database: \"sqlite:w.db\", query: select 1 as one}", "rerun"),
    ("sql: {database: \"sqlite:w.db\", script: create table if not exists t(x)}", "ask"),
    ("sql: {database: \"sqlite:w.db\", script: create table if not exists t(x), exactly_once: true}", "rerun"),
  ])
  func aDoubtIsDecidedByClass(_ step: String, _ decision: String) throws {
    try TestProject.with("steps:\n  - {id: a, \(step)}\n  - {id: b, needs: [a], run: touch after}\n") { project in
      try project.write("in", "in")
      try project.write("sub/keep")
      try project.write("proof")
      try project.write("work.sh", "cp in out; echo x >> ran")
      _ = try project.query("CREATE TABLE keep(x)", in: "w.db")
      let first = try project.apply()
      if first.state("a") != .succeeded { return }
      try project.cutOff("a")
      try project.forge("DELETE FROM checkpoints WHERE step = 'b'", "DELETE FROM attempts WHERE step = 'b'")
      try project.remove("after")
      if decision == "verify" { try project.remove("proof") }
      let applied = try project.apply()
      let count = try project.query("SELECT count(*) FROM attempts WHERE step = 'a'").first
      switch decision {
      case "ask":
        #expect(applied.exit == .refused)
        #expect(applied.refusal?.nextCommands.count == 3)
        #expect(project.read("after") == nil)
        let state = try project.query("SELECT state FROM attempts WHERE step = 'a'")
        #expect(state == ["in_doubt"])
        // With --keep-going the rest runs, and the doubt is told at the end.
        let rest = try project.apply { $0.keepGoing = true }
        #expect(rest.exit == .refused)
        #expect(rest.states == "a in_doubt, b blocked")
      case "fail":
        #expect(applied.exit == .failure)
        #expect(count == "1")
        // It stays so until a person says otherwise.
        let again = try project.apply()
        #expect(again.states == "a failed, b blocked")
        let forced = try project.apply { $0.rerun = ["a"] }
        #expect(forced.exit == .success)
      case "done":
        #expect(applied.exit == .success, "\(applied.states)")
        #expect(count == "1")
      default:
        #expect(
          applied.exit == (decision == "verify" ? .failure : .success),
          "\(applied.states) \(applied.refusal?.details ?? [])")
        if decision == "moved" {
          let moved = try project.query("SELECT count(*) FROM attempts WHERE step = 'a'").first
          #expect(moved == "2")
          #expect(applied.beginning?.notes.contains { $0.contains("partial") } == true)
        }
      }
    }
  }

  @Test func nothingIsConcludedFromAChangedDefinition() throws {
    for more in ["idempotent: true", "unless: \"false\"", "on_interrupt: verify, verify: [{exists: ran}]"] {
      let plan = "steps:\n  - {id: a, run: echo x >> ran, \(more)}\n"
      try TestProject.with(plan) { project in
        _ = try project.apply()
        try project.cutOff("a")
        project.body = plan.replacing("echo x", with: "echo y")
        let applied = try project.apply()
        #expect(applied.exit == .refused, "\(more)")
        #expect(applied.refusal?.details.first?.contains("changed since") == true)
      }
    }
  }

  @Test func whatAProbeFindsDoneKeepsItsValues() throws {
    try TestProject.with(
      """
      steps:
        - {id: z, run: echo z >> ran}
        - {id: a, needs: [z], run: "touch proof; echo k=v >> $EXECPLAN_OUTPUT", unless: test -e proof}
        - {id: b, needs: [a], run: "echo ${{ steps.a.values.k }} >> ran; test -e ok"}
      """
    ) { project in
      _ = try project.apply()
      try project.cutOff("a")
      try project.write("ok")
      let applied = try project.apply()
      #expect(applied.states == "z succeeded, a succeeded, b succeeded")
      #expect(project.lines("ran") == ["z", "v", "v"])
    }
  }

  @Test func aPersonsRerunDecidesADoubt() throws {
    try TestProject.with("steps:\n  - {id: a, run: echo x >> ran}\n") { project in
      _ = try project.apply()
      try project.cutOff("a")
      let applied = try project.apply { $0.rerun = ["a"] }
      #expect(applied.exit == .success)
      #expect(project.lines("ran").count == 2)
    }
  }

  @Test func aClaimThatWasNeverLaunchedIsNoDoubt() throws {
    try TestProject.with("steps:\n  - {id: a, run: echo x >> ran}\n") { project in
      try project.write("blocker")
      _ = try project.apply()
      try project.cutOff("a")
      // The marks of the leg say that nothing was started.
      let leg = try project.query("SELECT id, nonce FROM legs").first?.split(separator: "|").map(String.init) ?? []
      try project.forgeMarks(leg: Int64(leg[0]) ?? 0)
      let applied = try project.apply()
      #expect(applied.exit == .success)
      let states = try project.query("SELECT state FROM attempts ORDER BY id")
      #expect(states == ["released", "succeeded"])
    }
  }

  // MARK: A restart of the machine

  @Test func outputsThatARestartTookAreMadeAgain() throws {
    let plan = """
      steps:
        - {id: a, run: echo a >> ran; echo a > a.txt, outputs: [a.txt]}
        - {id: b, needs: [a], run: echo b >> ran; echo b > b.txt, outputs: [b.txt]}
        - {id: c, needs: [b], run: "test -e ok"}
      """
    try TestProject.with(plan) { project in
      _ = try project.apply()
      try project.write("ok")
      try project.remove("a.txt")
      // In the same boot the record counts.
      try project.forge("UPDATE checkpoints SET boot_id = 'another'")
      let applied = try project.apply()
      #expect(applied.exit == .success)
      // The same content came back, so what needs it stands.
      #expect(project.lines("ran") == ["a", "b", "a"])
    }
  }

  @Test func effectsThatCannotBeSeenAreAskedAboutAfterARestart() throws {
    try TestProject.with(GoingOnTests.chain) { project in
      _ = try project.apply()
      try project.write("ok")
      try project.forge("UPDATE checkpoints SET boot_id = 'another'")
      let refused = try project.apply()
      #expect(refused.exit == .refused)
      #expect(refused.refusal?.nextCommands.first == "apply test --resume --trust-effects")
      let trusted = try project.apply { $0.trustEffects = true }
      #expect(trusted.exit == .success)
      #expect(project.lines("ran") == ["a", "b", "b", "c"])
    }
  }

  /// Every leg and checkpoint so far looks as if it belonged to an earlier boot.
  private func restart(_ project: TestProject) throws {
    try project.forge(
      "UPDATE checkpoints SET boot_id = 'another'", "UPDATE attempts SET boot_id = 'another'",
      "UPDATE legs SET boot_id = 'another'")
  }

  @Test func verifyDecidesAboutEffectsAfterARestart() throws {
    let plan = """
      steps:
        - {id: a, run: echo a >> ran; touch made, verify: [{exists: made}]}
        - {id: b, needs: [a], run: echo b >> ran, verify: [{run: "true"}]}
        - {id: c, needs: [b], run: "test -e ok"}
      """
    try TestProject.with(plan) { project in
      _ = try project.apply()
      try restart(project)
      try project.remove("made")
      let forecast = try project.forecast()
      #expect(forecast["a"] == "unknown probe_not_run" && forecast["b"] == "unknown probe_not_run")
      try project.write("ok")
      let applied = try project.apply()
      #expect(applied.exit == .success)
      // `b` needs what ran again.
      #expect(project.lines("ran") == ["a", "b", "a", "b"])
      #expect(applied.beginning?.notes.first?.contains("\"a\" runs again: its \"verify\" does not hold") == true)
    }
  }

  @Test func aStepWhoseVerifyHoldsAfterARestartStands() throws {
    try TestProject.with(
      """
      steps:
        - {id: a, run: echo a >> ran; touch made, verify: [{exists: made}]}
        - {id: b, needs: [a], run: "test -e ok"}
      """
    ) { project in
      _ = try project.apply()
      try restart(project)
      try project.write("ok")
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(project.lines("ran") == ["a"])
    }
  }

  @Test func theTokenDecidesAboutATransactionAfterARestart() throws {
    let plan = """
      steps:
        - {id: a, sql: {database: "sqlite:w.db", exactly_once: true, script: insert into t values (1)}}
        - {id: b, needs: [a], run: "test -e ok"}
      """
    try TestProject.with(plan) { project in
      _ = try project.query("CREATE TABLE t(x)", in: "w.db")
      _ = try project.apply()
      try restart(project)
      // It is there, so nothing is asked and nothing runs again.
      #expect(try project.apply().states == "a succeeded, b failed")
      #expect(try project.query("SELECT count(*) FROM t", in: "w.db") == ["1"])
      try restart(project)
      // A database that was not synced lost the transaction, token and all.
      _ = try project.query("DELETE FROM execplan_tokens", in: "w.db")
      _ = try project.query("DELETE FROM t", in: "w.db")
      let forecast = try project.forecast()
      #expect(forecast["a"] == "run output_lost_since_restart")
      try project.write("ok")
      #expect(try project.apply().exit == .success)
      #expect(try project.query("SELECT count(*) FROM t", in: "w.db") == ["1"])
    }
  }

  @Test func freshTellsWhetherATransactionInDoubtWasCommitted() throws {
    let plan = """
      steps:
        - {id: a, sql: {database: "sqlite:w.db", exactly_once: true, script: insert into t values (1)}}
      """
    try TestProject.with(plan) { project in
      _ = try project.query("CREATE TABLE t(x)", in: "w.db")
      _ = try project.apply()
      try project.cutOff("a")
      let fresh = try project.apply { $0.mode = .fresh }
      #expect(fresh.beginning?.notes == ["\"a\" was cut off in run 1: its transaction was committed"])
      #expect(try project.query("SELECT count(*) FROM t", in: "w.db") == ["2"])
    }
  }
}
