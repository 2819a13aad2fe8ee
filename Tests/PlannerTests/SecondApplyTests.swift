internal import PlanModel
internal import Planner
internal import Testing

/// What a second apply does with each class of step, as a table.
struct SecondApplyTests {
  private static let classes: [(name: String, step: String)] = [
    ("none", "run: x"),
    ("declared", "run: x, idempotent: true"),
    ("exec", "exec: [x]"),
    ("compared", "run: x, inputs: [in], outputs: [out]"),
    ("creates", "run: x, creates: out"),
    ("unless", "run: x, unless: y"),
    ("once", "run: x, once: true"),
    ("always", "run: x, inputs: [in], outputs: [out], always: true"),
    ("file", "file: {path: out, content: o}"),
    ("edit", "edit: {path: out, line: o}"),
    ("script", "sql: {database: \"sqlite:db\", script: delete from t}"),
    ("exactly", "sql: {database: \"sqlite:db\", script: delete from t, exactly_once: true}"),
    ("check", "check: [{file: {path: in, contains: i}}]"),
    ("program", "check: [{run: x}]"),
    ("manual", "manual: {instructions: do it, artifacts: [out]}"),
    ("person", "manual: {instructions: do it}"),
  ]

  private enum Situation: String, CaseIterable {
    case first, again, forced, fresh, defined, input, missing, altered, failed
  }

  /// A row a class, a column a situation, in the order of the cases.
  private static let table = """
              first         again              forced   fresh              defined             input              missing            altered            failed
    none      first_run     runs_in_every_run  forced   runs_in_every_run  runs_in_every_run   runs_in_every_run  runs_in_every_run  runs_in_every_run  runs_in_every_run
    declared  first_run     runs_in_every_run  forced   runs_in_every_run  runs_in_every_run   runs_in_every_run  runs_in_every_run  runs_in_every_run  runs_in_every_run
    exec      first_run     runs_in_every_run  forced   runs_in_every_run  runs_in_every_run   runs_in_every_run  runs_in_every_run  runs_in_every_run  runs_in_every_run
    compared  first_run     -up_to_date        forced   runs_in_every_run  definition_changed  input_changed      output_missing     output_altered     failed_before
    creates   guard_does_not_hold -guard_holds forced   -guard_holds       -guard_holds        -guard_holds       guard_does_not_hold -guard_holds      guard_does_not_hold
    unless    ?probe_not_run ?probe_not_run    forced   ?probe_not_run     ?probe_not_run      ?probe_not_run     ?probe_not_run     ?probe_not_run     ?probe_not_run
    once      first_run     -once              forced   runs_in_every_run  definition_changed  -once              -once              -once              runs_in_every_run
    always    always        always             forced   always             always              always             always             always             always
    file      differs       -already_as_desired forced  -already_as_desired differs            -already_as_desired differs           xchanged_by_hand   -already_as_desired
    edit      differs       -already_as_desired forced  -already_as_desired differs            -already_as_desired differs           differs            -already_as_desired
    script    first_run     runs_in_every_run  forced   runs_in_every_run  runs_in_every_run   runs_in_every_run  runs_in_every_run  runs_in_every_run  runs_in_every_run
    exactly   first_run     runs_in_every_run  forced   runs_in_every_run  runs_in_every_run   runs_in_every_run  runs_in_every_run  runs_in_every_run  runs_in_every_run
    check     first_run     -up_to_date        forced   runs_in_every_run  definition_changed  input_changed      -up_to_date        -up_to_date        failed_before
    program   first_run     runs_in_every_run  forced   runs_in_every_run  runs_in_every_run   runs_in_every_run  runs_in_every_run  runs_in_every_run  runs_in_every_run
    manual    !             -up_to_date        !        !                  !                   -up_to_date        !                  !                  !
    person    !             !                  !        !                  !                   !                  !                  !                  !
    """

  @Test func everyClassInEverySituation() throws {
    let rows = SecondApplyTests.table.split(separator: "\n").dropFirst().map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(rows.count == SecondApplyTests.classes.count)
    for (row, kind) in zip(rows, SecondApplyTests.classes) {
      #expect(row[0] == kind.name)
      for (expected, situation) in zip(row.dropFirst(), Situation.allCases) {
        let found = try decision(kind.step, situation)
        #expect(found == SecondApplyTests.words(expected), "\(kind.name) \(situation)")
      }
    }
  }

  private static func words(_ cell: String) -> String {
    switch cell.first {
    case "-": "skip " + cell.dropFirst()
    case "?": "unknown " + cell.dropFirst()
    case "!": "wait waits_for_person"
    case "x": "conflict " + cell.dropFirst()
    default: "run " + cell
    }
  }

  private func decision(_ step: String, _ situation: Situation) throws -> String {
    let plan = "steps:\n  - {id: a, \(step)}\n"
    var bench = try PlanBench(plan, ["in": "i", "out": "o\n", "db": "d"])
    if step.hasPrefix("file") { bench.files.write("out", "o") }
    if situation != .first { try bench.succeeded("a") }
    switch situation {
    case .first: bench.files["out"] = nil
    case .again: break
    case .forced: bench.options.isForced = true
    case .fresh: bench.options.isFresh = true
    case .defined:
      // Another text, folder, variable, path: whatever the class has.
      let changed = plan.replacing("content: o", with: "content: oo").replacing("line: o", with: "line: oo")
        .replacing("contains: i", with: "matches: i").replacing("do it", with: "do that").replacing(": x", with: ": xx")
        .replacing("[x]", with: "[xx]").replacing("delete", with: "DELETE")
      bench.planned = try PlanBench.plan(changed)
    case .input: bench.files.write("in", "ii")
    case .missing: bench.files["out"] = nil
    case .altered: bench.files.write("out", "p\n")
    case .failed: bench.history["a"]?.latestAttempt = .failed
    }
    return bench.decision("a")
  }

  // MARK: unless and verify, which programs answer

  @Test(arguments: [
    (Judge.ProgramAnswer.holds, Judge.ProgramAnswer.notRun, "", "skip guard_holds"),
    (.fails("exit 1"), .notRun, "", "run guard_does_not_hold"),
    (.holds, .notRun, ", verify: [{exists: x}]", "unknown probe_not_run"),
    (.holds, .holds, ", verify: [{exists: x}]", "skip guard_holds"),
    (.holds, .fails("x"), ", verify: [{exists: x}]", "run guard_does_not_hold"),
    (.fails("exit 1"), .holds, ", verify: [{exists: x}]", "run guard_does_not_hold"),
  ])
  func guardAndVerifyMustBothHold(
    _ unless: Judge.ProgramAnswer, _ verify: Judge.ProgramAnswer, _ more: String, _ expected: String
  ) throws {
    let bench = try PlanBench("steps:\n  - {id: a, run: x, unless: y\(more)}\n")
    let judge = Judge(files: bench.files)
    let question = Judge.Question(
      needs: [], memory: StepMemory(), answers: Judge.Answers(unless: unless, verify: verify))
    let judgement = judge.judge(
      question, about: bench.planned.nodes[0], in: RunScope(statics: bench.planned.statics, files: bench.files))
    #expect(
      "\(judgement.decision.decision.rawValue) \(judgement.decision.reasons.first?.kind.rawValue ?? "")" == expected)
  }

  @Test func aGuardKeepsTheValuesOfTheLastSuccessWithTheSameDefinition() throws {
    var bench = try PlanBench("steps:\n  - {id: a, run: x, creates: out}\n", ["out": "o"])
    try bench.succeeded("a", values: [Value.Entry("k", .string("v"))])
    let judge = Judge(files: bench.files)
    let scope = RunScope(statics: bench.planned.statics, files: bench.files)
    let question = Judge.Question(needs: [], memory: bench.history["a"] ?? StepMemory())
    let same = judge.judge(question, about: bench.planned.nodes[0], in: scope)
    #expect(same.settlement?.values.map(\.key) == ["k"])
    let changed = try PlanBench("steps:\n  - {id: a, run: y, creates: out}\n")
    let other = judge.judge(question, about: changed.planned.nodes[0], in: scope)
    #expect(other.settlement?.values.isEmpty == true)
  }
}
