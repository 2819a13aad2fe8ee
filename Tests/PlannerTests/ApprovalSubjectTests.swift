internal import PlanGraph
internal import PlanModel
internal import Planner
internal import Testing

/// What an approval is about, and what of it changes.
struct ApprovalSubjectTests {
  private static let plan = """
    approval: phases
    params: {env: {type: string, default: staging}}
    phases:
      - {id: one, objective: First}
      - {id: two, objective: Second, gate: [{exists: out}]}
    steps:
      - {id: a, phase: one, run: sh a.sh, outputs: [made.sh]}
      - id: b
        phase: two
        run: sh b.sh "${{ params.env }}"
      - {id: c, phase: two, run: sh made.sh, needs: [b]}
    """
  private static let files = ["a.sh": "1", "b.sh": "1", "made.sh": "1"]

  private func subject(
    _ bench: PlanBench, _ id: String, done: [String: Checkpoint] = [:]
  ) throws -> ApprovalSubject {
    let node = try #require(bench.planned.graph.index(of: id))
    return try ApprovalSubjects(bench.planned).subject(of: node, bench.files) { done[bench.planned.nodes[$0].id] }
  }

  @Test func aPhaseIsItsStepsItsGateAndTheirFiles() throws {
    let bench = try PlanBench(Self.plan, Self.files)
    #expect(
      try subject(bench, "approval:two").parts.map(\.key) == [
        "phase:two", "parameters", "secrets", "settings", "question:approval:two", "step:b", "step:c", "gate:gate:two",
        "file:b.sh",
      ])
    #expect(try subject(bench, "approval:two").stepCount == 2)
    #expect(try subject(bench, "approval:one").stepCount == 1)
  }

  @Test(arguments: [
    ("objective: Second", "objective: Other", ["what phase \"two\" is about changed"]),
    ("run: sh b.sh", "run: LEVEL=1 sh b.sh", ["\"b\" changed"]),
    ("default: staging", "default: prod", ["the parameters changed", "\"b\" changed"]),
    ("exists: out", "exists: other", ["\"gate:two\" changed"]),
    (
      "{id: c, phase: two, run: sh made.sh, needs: [b]}", "{id: d, phase: two, run: \"true\"}",
      ["\"d\" is new", "\"c\" is gone"]
    ),
    (
      "{id: two, objective: Second,", "{id: two, objective: Second, needs: [],",
      ["what phase \"two\" is about changed"]
    ),
    (
      "approval: phases", "approval: phases\ntimeout: 1h",
      ["the order, the strategy or the timeout of the plan changed"]
    ),
    (
      "approval: phases", "approval: phases\nstrategy: greenfield",
      ["the order, the strategy or the timeout of the plan changed"]
    ),
  ])
  func whatChangedIsNamed(old: String, new: String, changes: [String]) throws {
    let before = try subject(PlanBench(Self.plan, Self.files), "approval:two")
    let now = try subject(
      PlanBench(Self.plan.replacing(old, with: new, maxReplacements: 1), Self.files), "approval:two")
    #expect(now.differences(from: before.recorded) == changes)
    #expect((now.digest == before.digest) == changes.isEmpty)
    #expect(before.differences(from: before.recorded).isEmpty)
  }

  @Test(arguments: [
    "{token: {env: OTHER}}", "{token: {file: keys/token}}", "{token: {command: [get, token]}}",
    "{token: {env: TOKEN, optional: true}}", "{other: {env: TOKEN}}",
  ])
  func whereASecretComesFromBelongsToIt(secrets: String) throws {
    func now(_ secrets: String) throws -> ApprovalSubject {
      try subject(PlanBench("secrets: \(secrets)\n" + Self.plan, Self.files), "approval:two")
    }
    #expect(
      try now(secrets).differences(from: now("{token: {env: TOKEN}}").recorded) == [
        "the secrets or where they come from changed"
      ])
  }

  /// The definition of a step holds none of these.
  @Test(arguments: [
    "undo: {run: rm b}", "undo: none", "allow_failure: true", "timeout: 5m", "retry: 2",
    "retry: {times: 0, max_delay: 5s}", "once: true", "always: true", "idempotent: true", "on_interrupt: rerun",
    "on_conflict: overwrite", "shell: [sh, -c]",
  ])
  func whatElseIsDoneOfAStepBelongsToIt(field: String) throws {
    let plan = Self.plan.replacing("    phase: two\n    run", with: "    phase: two\n    outputs: [made]\n    run")
    let before = try subject(PlanBench(plan, Self.files), "approval:two")
    let edited = plan.replacing("- id: b\n", with: "- id: b\n    \(field)\n")
    let now = try subject(PlanBench(edited, Self.files), "approval:two")
    #expect(now.differences(from: before.recorded) == ["\"b\" changed"])
    #expect(now.digest != before.digest)
  }

  @Test(arguments: ["undo: {run: rm b}", "undo: {partial: true, run: rm a}", "undo: {run: rm a, idempotent: true}"])
  func anotherUndoIsAnotherThing(field: String) throws {
    func now(_ undo: String) throws -> ApprovalSubject {
      try subject(
        PlanBench(Self.plan.replacing("- id: b\n", with: "- id: b\n    \(undo)\n"), Self.files), "approval:two")
    }
    #expect(try now(field).digest != now("undo: {run: rm a}").digest)
  }

  @Test(arguments: ["owner: ana", "estimate: 2d", "labels: [slow]", "priority: 3", "sync_outputs: true"])
  func whatIsNeverDoneDoesNot(field: String) throws {
    let before = try subject(PlanBench(Self.plan, Self.files), "approval:two")
    let edited = Self.plan.replacing("- id: b\n", with: "- id: b\n    \(field)\n")
    #expect(try subject(PlanBench(edited, Self.files), "approval:two").digest == before.digest)
  }

  @Test func anotherPhaseIsAnotherThingToWhoApprovesThePlan() throws {
    func now(_ text: String) throws -> ApprovalSubject {
      try subject(PlanBench(text.replacing("approval: phases", with: "approval: plan"), Self.files), "approval:plan")
    }
    let moved = Self.plan.replacing("{id: a, phase: one,", with: "{id: a, phase: two,")
    #expect(try now(moved).differences(from: now(Self.plan).recorded) == ["\"a\" changed"])
  }

  @Test func filesThatThePlanMakesAreNotJudged() throws {
    let bench = try PlanBench(Self.plan, Self.files)
    let before = try subject(bench, "approval:two")
    bench.files.write("made.sh", "2")
    #expect(try subject(bench, "approval:two").digest == before.digest)
    bench.files.write("b.sh", "2")
    #expect(try subject(bench, "approval:two").differences(from: before.recorded) == ["the file \"b.sh\" changed"])
  }

  @Test func filesThatProgramsReadAreFoundWhereverTheyAre() throws {
    let bench = try PlanBench(
      """
      approval: plan
      phases: [{id: one, gate: [{run: sh gate.sh}]}]
      steps:
        - {id: a, phase: one, run: sqlite3 data.db < load.sql, unless: sh unless.sh, verify: [{run: sh verify.sh}]}
        - {id: b, phase: one, run: psql -d db -f x.sql}
        - {id: c, phase: one, run: bash -o pipefail c.sh}
        - {id: d, phase: one, check: [{run: sh check.sh}]}
        - {id: e, phase: one, run: make, undo: {run: sh undo.sh}}
        - {id: f, phase: one, run: make, undo: {sql: {database: \"sqlite:data.db\", file: undo.sql}}}
      """,
      Dictionary(
        uniqueKeysWithValues: [
          "gate.sh", "load.sql", "unless.sh", "verify.sh", "x.sql", "c.sh", "check.sh", "data.db", "db", "pipefail",
          "undo.sh", "undo.sql",
        ].map { ($0, "1") }))
    let files = try subject(bench, "approval:plan").parts.filter { $0.kind == .file }.map(\.name)
    #expect(
      Set(files) == [
        "gate.sh", "load.sql", "unless.sh", "verify.sh", "x.sql", "c.sh", "check.sh", "undo.sh", "undo.sql",
      ])
  }

  /// Nobody else would be asked about it.
  @Test func aPhaseCoversWhatIsInNone() throws {
    let text = """
      approval: phases
      phases: [{id: one}, {id: two}]
      steps:
        - {id: a, phase: one, run: make}
        - {id: b, phase: two, run: make}
        - {id: judge, gate: true, run: sh judge.sh}
      finally:
        - {id: clean, run: sh clean.sh}
      """
    let files = ["judge.sh": "1", "clean.sh": "1"]
    let before = try subject(PlanBench(text, files), "approval:one")
    #expect(before.stepCount == 1)
    #expect(
      before.parts.map(\.key).filter { $0.hasPrefix("step") || $0.hasPrefix("closing") || $0.hasPrefix("file") } == [
        "step:a", "closing:judge", "closing:clean", "file:judge.sh", "file:clean.sh",
      ])
    let edited = text.replacing("sh clean.sh", with: "rm -r data")
    let now = try subject(PlanBench(edited, files), "approval:one")
    #expect(now.differences(from: before.recorded) == ["\"clean\" changed", "the file \"clean.sh\" is gone"])
    // That of the whole plan counts them as steps of it.
    let whole = text.replacing("approval: phases", with: "approval: plan")
    #expect(try subject(PlanBench(whole, files), "approval:plan").stepCount == 4)
  }

  @Test(arguments: [
    "if sh x.sh; then true; fi", "VERSION=$(./x.sh --short) make", "V=`sh x.sh`", "( cd sub && true ); time ./x.sh",
    "(./x.sh)", "sudo -n bash x.sh", "env -i A=1 sh './x.sh'", "python3 \\\n  x.sh", "diff <(sh x.sh) out",
    "while ! ./x.sh; do sleep 1; done", "exec \"./x.sh\"",
  ])
  func scriptsAreFoundBehindWordsOfTheShell(command: String) throws {
    let indented = command.replacing("\n", with: "\n        ")
    let bench = try PlanBench("approval: plan\nsteps:\n  - id: a\n    run: |\n      \(indented)\n", ["x.sh": "1"])
    #expect(try subject(bench, "approval:plan").parts.filter { $0.kind == .file }.map(\.name) == ["x.sh"])
  }

  @Test func whatAQuestionShowsOfOtherStepsBelongsToIt() throws {
    let bench = try PlanBench(
      """
      steps:
        - {id: count, run: make}
        - {id: each, foreach: [x, y], run: make}
        - id: ask
          needs: [count, each]
          approve: Load ${{ steps.count.values.rows }} rows of ${{ toJSON(steps.each.values.name) }}?
        - {id: plain, needs: [ask], approve: "After ${{ plan.title }}?"}
      """)
    func now(_ rows: Int, _ name: String) throws -> ApprovalSubject {
      try subject(
        bench, "ask",
        done: [
          "count": bench.success("count", values: [.init("rows", .int(rows))]),
          "each[x]": bench.success("each[x]", values: [.init("name", .string(name))]),
          "each[y]": bench.success("each[y]", values: [.init("name", .string("b"))]),
        ])
    }
    let before = try now(1, "a")
    #expect(try now(1, "a").digest == before.digest)
    for other in [try now(2, "a"), try now(1, "c"), try subject(bench, "ask")] {
      #expect(other.differences(from: before.recorded) == ["what \"ask\" asks about changed"])
      #expect(other.digest != before.digest)
    }
    #expect(!(try subject(bench, "plain").parts.contains { $0.kind == .values }))
  }

  @Test func scriptsOfCriteriaAreFound() throws {
    let bench = try PlanBench(
      """
      approval: plan
      steps:
        - {id: a, manual: {instructions: Do it., criteria: [It is done., {run: sh manual.sh}]}}
        - {id: b, agent: {prompt: Do it., criteria: [{run: ./agent.sh --all}, {run: sh made.sh}]}, outputs: [made.sh]}
        - {id: c, agent: {prompt: Do it., command: sh program.sh, criteria: [{run: python3 both.py}]}}
        - {id: d, cwd: sub, agent: {prompt: Do it., command: [sh, words.sh], criteria: [{run: sh in.sh}]}}
      """,
      Dictionary(
        uniqueKeysWithValues: [
          "manual.sh", "agent.sh", "made.sh", "program.sh", "both.py", "sub/words.sh", "sub/in.sh",
        ].map { ($0, "1") }))
    let before = try subject(bench, "approval:plan")
    #expect(
      before.parts.filter { $0.kind == .file }.map(\.name) == [
        "manual.sh", "agent.sh", "program.sh", "both.py", "sub/words.sh", "sub/in.sh",
      ])
    bench.files.write("manual.sh", "2")
    #expect(
      try subject(bench, "approval:plan").differences(from: before.recorded) == ["the file \"manual.sh\" changed"])
  }

  @Test func aScriptThatIsALinkIsAScript() throws {
    let bench = try PlanBench("approval: plan\nsteps:\n  - {id: a, run: sh a.sh; sh b.sh}\n", ["real.sh": "1"])
    bench.files["a.sh"] = .link("real.sh")
    bench.files["b.sh"] = .link(".env")
    #expect(try subject(bench, "approval:plan").parts.filter { $0.kind == .file }.map(\.name) == ["a.sh"])
  }

  @Test func aStepCoversWhatComesAfterItUpToTheNextQuestion() throws {
    let bench = try PlanBench(
      """
      steps:
        - {id: a, run: make}
        - {id: ask, needs: [a], approve: Go?}
        - {id: b, needs: [ask], run: make}
        - {id: again, needs: [b], approve: Further?}
        - {id: c, needs: [again], run: make}
      """, [:])
    let planned = bench.planned
    func covered(_ id: String) throws -> [String] {
      ApprovalSubjects(planned).covered(by: try #require(planned.graph.index(of: id))).map { planned.nodes[$0].id }
    }
    #expect(try covered("ask") == ["b"])
    #expect(try covered("again") == ["c"])
  }

  @Test func aPlanIsForecastAsIfEverybodyAgreed() throws {
    let bench = try PlanBench(Self.plan, Self.files)
    let decisions = bench.decisions()
    #expect(decisions["approval:one"] == "wait waits_for_approval")
    #expect(decisions["a"] == "run first_run" && decisions["b"] == "run first_run")
    let planned = bench.planned
    let order = Dictionary(uniqueKeysWithValues: planned.order.enumerated().map { (planned.nodes[$1].id, $0) })
    let listed = ["approval:one", "a", "gate:one", "approval:two", "b", "c", "gate:two"]
    #expect(listed.compactMap { order[$0] } == listed.compactMap { order[$0] }.sorted())
  }
}
