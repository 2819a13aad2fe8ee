internal import Digest
internal import PlanModel
internal import Planner
internal import Testing

/// What belongs to a step's definition and what does not.
struct DefinitionTests {
  private func definition(_ step: String, params: String = "p: {type: string, default: one}", plan: String = "") throws
    -> StepDefinition
  {
    try PlanBench.plan(
      "params: {\(params)}\n\(plan)pools: {db: 1, web: 1}\nsteps:\n  - {id: before, run: x}\n  - {id: a, \(step)}\n"
    )
    .nodes[1].definition
  }

  private static let base = "needs: [before], run: x"

  @Test(arguments: [
    "title: T", "description: D", "owner: O", "estimate: 3h", "labels: [l]", "timeout: 5m", "retry: 3", "pool: db",
    "priority: 4", "idempotent: true", "on_interrupt: rerun", "allow_failure: true", "undo: {run: y}", "always: true",
    "once: true", "x-mine: 1", "sync_outputs: true",
  ])
  func theseAreOutside(_ field: String) throws {
    let (before, after) = (try definition(DefinitionTests.base), try definition(DefinitionTests.base + ", " + field))
    #expect(before == after)
    #expect(before.digest == after.digest)
  }

  @Test(arguments: [
    ("needs: [before], run: y", ["run"]), ("run: x", ["needs"]), ("needs: [before], run: x, cwd: sub", ["cwd"]),
    ("needs: [before], run: x, env: {A: b}", ["env.A"]), ("needs: [before], run: x, shell: sh -c", ["shell"]),
    ("needs: [before], run: x, when: \"run.id == '1'\"", ["when"]),
    ("needs: [before], run: x, creates: f", ["creates"]),
    ("needs: [before], run: x, inputs: [f]", ["inputs"]), ("needs: [before], run: x, outputs: [f]", ["outputs"]),
    ("needs: [before], run: x, expect: {exit: [3]}", ["expect"]),
    ("needs: [before], run: x, verify: [{exists: f}]", ["verify"]),
    ("needs: [before], run: x, state: {k: v}", ["state.k"]),
    ("needs: [before], run: {script: x, interpreter: python3}", ["shell"]),
    ("needs: [before], run: \"x ${{ steps.before.values.k }}\"", ["run"]),
  ])
  func theseAreInsideAndNamed(_ step: String, _ fields: [String]) throws {
    let (before, after) = (try definition(DefinitionTests.base), try definition(step))
    #expect(before.digest != after.digest)
    #expect(after.difference(from: before).map(\.name) == fields)
  }

  @Test func anotherActionIsAChangeOfMoreThanOneField() throws {
    let change = try definition("needs: [before], exec: [x]").difference(from: try definition(DefinitionTests.base))
    #expect(change.map(\.name) == ["action", "exec", "run", "shell"])
    #expect(change.first { $0.name == "run" }?.new == nil)
    #expect(change.first { $0.name == "exec" }?.old == nil)
  }

  @Test func parametersCountByTheirValue() throws {
    let step = "run: \"echo ${{ params.p }}\""
    let one = try definition(step)
    #expect(
      one
        == (try definition(
          step, params: "p: {type: string, default: one, description: D}, q: {type: string, default: x}")))
    #expect(one != (try definition(step, params: "p: {type: string, default: two}")))
  }

  @Test func theEnvironmentOfThePlanCountsUnlessTheStepCoversIt() throws {
    let (one, two) = ("env: {A: one}\n", "env: {A: two}\n")
    #expect(try definition("run: x", plan: one) != definition("run: x", plan: two))
    #expect(try definition("run: x, env: {A: own}", plan: one) == definition("run: x, env: {A: own}", plan: two))
  }

  @Test func theOrderOfNeedsIsNoChange() throws {
    let plan = "steps:\n  - {id: x, run: x}\n  - {id: y, run: x}\n  - {id: a, needs: [NEEDS], run: x}\n"
    let first = try PlanBench.plan(plan.replacing("NEEDS", with: "x, y")).nodes[2].digest
    #expect(try PlanBench.plan(plan.replacing("NEEDS", with: "y, x")).nodes[2].digest == first)
  }

  @Test func noTwoDefinitionsRunTogether() {
    let definitions = [
      StepDefinition(fields: [.init("a", ["b", "c"])]), StepDefinition(fields: [.init("a", ["bc"])]),
      StepDefinition(fields: [.init("a", ["b"]), .init("c", [])]), StepDefinition(fields: [.init("ab", ["c"])]),
      StepDefinition(fields: []), StepDefinition(fields: [.init("a", [])]), StepDefinition(fields: [.init("a", [""])]),
    ]
    #expect(Set(definitions.map(\.digest)).count == definitions.count)
  }

  @Test func aStoredPlanGivesItsDefinitionsBack() throws {
    let planned = try PlanBench.plan(
      """
      steps:
        - {id: a, run: "echo ${{ run.id }} x", env: {A: b}}
        - {id: b, file: {path: f, content: c}}
        - {id: c, run: x, creates: g, unless: y, verify: [{run: z}], when: "run.id == '1'", inputs: [i], outputs: [g]}

      """)
    let stored = try JSONReader.read(Array(JSONWriter.compact(planned.canonical).utf8))
    for node in planned.nodes {
      #expect(DefinitionText.definition(of: node.id, in: stored)?.digest == node.digest)
    }
    #expect(DefinitionText.definition(of: "none", in: stored) == nil)
  }

  // MARK: Results

  @Test func resultsAreEqualWhenTheProductsAre() throws {
    let planned = try PlanBench.plan(
      "steps:\n  - {id: none, run: x}\n  - {id: out, run: x, outputs: [o]}\n  - {id: check, check: [{exists: o}]}\n")
    let file = FileDigest(path: "o", digest: SHA256.digest(of: "1"))
    let other = FileDigest(path: "o", digest: SHA256.digest(of: "2"))
    func result(_ node: Int, _ values: [Value.Entry] = [], _ files: [FileDigest] = [], attempt: Int64) -> SHA256Digest {
      ResultDigest.ofRun(planned.nodes[node], values: values, outputs: files, run: 1, attempt: attempt)
    }
    #expect(result(0, attempt: 1) != result(0, attempt: 2))
    #expect(result(0, [.init("k", .string("v"))], attempt: 1) == result(0, [.init("k", .string("v"))], attempt: 2))
    #expect(result(0, [.init("k", .string("v"))], attempt: 1) != result(0, [.init("k", .string("w"))], attempt: 1))
    #expect(result(1, [], [file], attempt: 1) == result(1, [], [file], attempt: 2))
    #expect(result(1, [], [file], attempt: 1) != result(1, [], [other], attempt: 1))
    #expect(result(2, attempt: 1) == result(2, attempt: 2))
  }
}
