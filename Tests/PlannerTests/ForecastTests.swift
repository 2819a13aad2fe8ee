internal import Digest
internal import PlanModel
internal import Planner
internal import Testing

struct ForecastTests {
  private static let chain = """
    steps:
      - {id: a, run: make, inputs: [in], outputs: [mid]}
      - {id: b, needs: [a], run: use, inputs: [mid], outputs: [out]}
    """
  private static let files = ["in": "1", "mid": "m", "out": "o"]

  @Test func whatDependsOnAStepThatWillRunIsUnknown() throws {
    var bench = try PlanBench(ForecastTests.chain, ForecastTests.files)
    #expect(bench.decisions() == ["a": "run first_run", "b": "run first_run"])
    try bench.succeeded("a", "b")
    #expect(bench.decisions() == ["a": "skip up_to_date", "b": "skip up_to_date"])
    bench.files.write("in", "2")
    #expect(bench.decisions() == ["a": "run input_changed", "b": "unknown unknown_until"])
    #expect(bench.detail("b") == "\"a\"")
    // What differs whatever the need does is known now.
    bench.files["out"] = nil
    #expect(bench.decision("b") == "run output_missing")
  }

  @Test func aNeedWithoutOutputsCountsAsChangedWheneverItRuns() throws {
    var bench = try PlanBench(
      """
      steps:
        - {id: a, run: make}
        - {id: b, needs: [a], run: use, inputs: [mid], outputs: [out]}
      """, ForecastTests.files)
    try bench.succeeded("a", "b")
    #expect(bench.decisions() == ["a": "run runs_in_every_run", "b": "run upstream_ran"])
  }

  @Test func aCheckThatRunsAgainChangesNothing() throws {
    var bench = try PlanBench(
      """
      steps:
        - {id: a, check: [{run: look}]}
        - {id: b, needs: [a], run: use, inputs: [mid], outputs: [out]}
      """, ForecastTests.files)
    try bench.succeeded("a", "b")
    #expect(bench.decisions() == ["a": "run runs_in_every_run", "b": "skip up_to_date"])
  }

  @Test func aNeedIsComparedWithWhatTheLastSuccessSaw() throws {
    // Run 1: both. Run 2: A makes v2, B fails. Run 3: A makes v2 again: B has never seen it.
    var bench = try PlanBench(
      "steps:\n  - {id: a, run: make, outputs: [mid]}\n  - {id: b, needs: [a], run: use, inputs: [in], outputs: [out]}\n",
      ForecastTests.files)
    try bench.succeeded("a", "b")
    let seen = try bench.success("a")
    bench.files.write("mid", "v2")
    let judge = Judge(files: bench.files)
    let scope = RunScope(statics: bench.planned.statics, files: bench.files)
    for (checkpoint, state, expected) in [
      (seen, Attempt.State.succeeded, "skip up_to_date"),
      (try bench.success("a", run: 3), .succeeded, "run upstream_ran"),
      (seen, .failed, "run failed_before"),
    ] {
      var memory = bench.history["b"] ?? StepMemory()
      memory.latestAttempt = state
      let judgement = judge.judge(
        Judge.Question(needs: [("a", .done(checkpoint))], memory: memory), about: bench.planned.nodes[bench.node("b")],
        in: scope)
      #expect(
        "\(judgement.decision.decision.rawValue) \(judgement.decision.reasons.first?.kind.rawValue ?? "")" == expected)
    }
  }

  @Test func aNewNeedIsAReason() throws {
    var bench = try PlanBench(ForecastTests.chain, ForecastTests.files)
    try bench.succeeded("a", "b")
    bench.history["b"]?.lastSuccess?.needResults = [:]
    #expect(bench.decision("b") == "run upstream_ran")
  }

  @Test func anotherUpstreamValueIsAReason() throws {
    var bench = try PlanBench(
      """
      steps:
        - {id: a, run: x, inputs: [in], outputs: [mid]}
        - {id: b, needs: [a], run: "echo ${{ steps.a.values.k }}", inputs: [in], outputs: [out]}
      """, ForecastTests.files)
    try bench.succeeded("a", values: [Value.Entry("k", .string("1"))])
    try bench.succeeded("b")
    #expect(bench.decision("b") == "skip up_to_date")
    bench.history["a"]?.lastSuccess?.values = [Value.Entry("k", .string("2"))]
    #expect(bench.decision("b") == "run upstream_value_changed" || bench.decision("b") == "run value_changed")
  }

  // MARK: when

  @Test(arguments: [
    ("false", "skip condition_false"), ("true", "run first_run"),
    ("steps.a.values.k == '1'", "unknown unknown_until"), ("steps.a.status == 'skipped'", "unknown unknown_until"),
    ("default(state.mark, '') == ''", "run first_run"), ("exists('in')", "run first_run"),
    ("exists('none')", "skip condition_false"), ("fromJSON('nope')", "blocked error"),
  ])
  func aConditionHasThreeAnswers(_ condition: String, _ expected: String) throws {
    let bench = try PlanBench(
      """
      steps:
        - {id: a, run: x}
        - {id: b, needs: [a], when: "\(condition)", run: y}
      """, ForecastTests.files)
    #expect(bench.decision("b") == expected)
  }

  @Test func aConditionOnAStepThatIsDoneIsDecided() throws {
    var bench = try PlanBench(
      """
      steps:
        - {id: a, run: x, once: true}
        - {id: b, needs: [a], when: "steps.a.values.k == '1'", run: y}
        - {id: c, needs: [a], run: "echo ${{ steps.a.values.k }}"}
      """)
    try bench.succeeded("a", values: [Value.Entry("k", .string("1"))])
    #expect(bench.decision("b") == "run first_run")
    bench.history["a"]?.lastSuccess?.values = [Value.Entry("k", .string("2"))]
    #expect(bench.decision("b") == "skip condition_false")
  }

  @Test func noValueComesFromASkippedStep() throws {
    let bench = try PlanBench(
      """
      steps:
        - {id: a, when: "false", run: x}
        - {id: b, needs: [a], run: "echo ${{ steps.a.values.k }}"}
        - {id: c, needs: [b], run: y}
        - {id: d, needs: [a], run: "echo ${{ default(steps.a.values.k, '') }}"}
      """)
    #expect(
      bench.decisions() == [
        "a": "skip condition_false", "b": "skip no_value", "c": "run first_run", "d": "run first_run",
      ])
  }

  // MARK: Several writers of one path

  @Test func onlyTheLastWriterOfAPathIsCompared() throws {
    var bench = try PlanBench(
      """
      steps:
        - {id: a, run: x, inputs: [in], outputs: [db]}
        - {id: b, needs: [a], run: y, inputs: [more], outputs: [db]}
      """, ["in": "i", "more": "m", "db": "1"])
    try bench.succeeded("a")
    bench.files.write("db", "2")
    try bench.succeeded("b")
    #expect(bench.decisions() == ["a": "skip up_to_date", "b": "skip up_to_date"])
    bench.files.write("db", "3")
    #expect(bench.decisions() == ["a": "skip up_to_date", "b": "run output_altered"])
    bench.files.write("db", "2")
    // If the first must run, the later ones must write again.
    bench.files.write("in", "ii")
    #expect(bench.decisions() == ["a": "run input_changed", "b": "run rewritten_after"])
    bench.files.write("in", "i")
    bench.files["db"] = nil
    #expect(bench.decision("a") == "run output_missing")
  }

  // MARK: Where a run stands

  @Test func aRunThatIsGoneOnWithShowsWhereItStands() throws {
    var bench = try PlanBench(
      """
      steps:
        - {id: done, run: x}
        - {id: failed, needs: [done], run: x}
        - {id: never, needs: [failed], run: x}
        - {id: final, run: x}
        - {id: after, needs: [final], run: x}
        - {id: ask, run: x}
        - {id: held, needs: [ask], run: x}
        - {id: safe, run: x}
      """)
    bench.position.run = Run(
      id: 7, plan: "bench", path: "bench.execplan.yaml", state: .failed, startedAt: 0, params: [],
      planDigest: bench.planned.digest)
    bench.position.checkpoints["done"] = try bench.success("done", run: 7)
    bench.position.unfinished["failed"] = Reason(.failedBefore)
    bench.position.failedForGood = ["final"]
    bench.position.doubts = ["ask": .ask("nobody knows"), "safe": .rerun("it is safe")]
    #expect(
      bench.decisions() == [
        "done": "skip checkpointed", "failed": "run failed_before", "never": "run never_started",
        "final": "blocked failed_for_good", "after": "blocked blocked_by", "ask": "in_doubt in_doubt",
        "held": "blocked blocked_by", "safe": "run never_started",
      ] || bench.decision("safe") == "run in_doubt")
  }

  @Test func aStaleCheckpointStandsUntilANeedChanges() throws {
    var bench = try PlanBench(ForecastTests.chain, ForecastTests.files)
    let a = try bench.success("a", run: 7)
    bench.history["a"] = StepMemory(latestAttempt: .succeeded, lastSuccess: a)
    bench.position.checkpoints = ["a": a, "b": try bench.success("b", run: 7)]
    bench.position.stale = ["b"]
    #expect(bench.decision("b") == "skip checkpointed")
    bench.position.checkpoints["a"]?.result = SHA256.digest(of: "another")
    #expect(bench.decision("b") != "skip checkpointed")
    bench.position.checkpoints["a"] = nil
    bench.files.write("in", "2")
    #expect(bench.decision("b") == "unknown unknown_until")
  }

  @Test func selectionAndSkipAreShown() throws {
    var bench = try PlanBench("steps:\n  - {id: a, run: x}\n  - {id: b, needs: [a], run: x}\n  - {id: c, run: x}\n")
    bench.options.skipped = [0]
    bench.options.excluded = [2]
    #expect(bench.decisions() == ["a": "skip skipped_by_user", "b": "run first_run", "c": "skip not_selected"])
  }

  @Test func personsHoldWhatComesAfter() throws {
    let bench = try PlanBench(
      "steps:\n  - {id: a, manual: {instructions: do}}\n  - {id: b, needs: [a], run: x}\n  - {id: c, needs: [b], run: x}\n"
    )
    #expect(
      bench.decisions() == ["a": "wait waits_for_person", "b": "blocked blocked_by", "c": "blocked blocked_by"])
  }
}
