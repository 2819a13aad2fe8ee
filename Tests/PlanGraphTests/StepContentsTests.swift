internal import PlanModel
internal import SourceText
internal import Testing

/// What a step reads and writes, collected from all of its fields.
@Suite struct StepContentsTests {
  private static func reference(_ name: String) -> Expression { .reference(.parameter(name), .fileStart) }

  private static func template(_ name: String) -> Template { Template([.expression(reference(name))], .fileStart) }

  private static func script(_ name: String) -> ShellScript {
    ShellScript(text: "", bindings: [reference(name)], template: template(name))
  }

  private static func query(_ name: String) -> SQLText {
    SQLText(text: "", bindings: [reference(name)], template: template(name))
  }

  private static let database = Database.sqlite(PathPattern("w.db"))

  private static let checks: [Check] = [
    Check(.exists(.init(glob: PathPattern("x"), count: [Comparison(.eq, .template(template("count")))]))),
    Check(.file(.init(path: PathPattern("x"), content: [Comparison(.isIn, .list([template("content")]))]))),
    Check(
      .run(.init(script: script("checked"), expect: Expectation(stdout: [Comparison(.eq, .template(template("out")))])))
    ),
    Check(
      .sql(.init(database: database, query: query("query"), value: [Comparison(.ge, .template(template("value")))]))),
  ]
  private static let checkNames = ["count", "content", "checked", "out", "query", "value"]

  static let actions: [(Action, [String])] = [
    (.run(RunAction(script: script("a"))), ["a"]),
    (.exec(ExecAction(arguments: [template("a"), template("b")])), ["a", "b"]),
    (.file(FileAction(path: PathPattern("f"), content: .text(template("a")))), ["a"]),
    (.file(FileAction(path: PathPattern("f"), content: .link(template("a")))), ["a"]),
    (.edit(EditAction(path: PathPattern("f"), change: .line(template("a")))), ["a"]),
    (.edit(EditAction(path: PathPattern("f"), change: .block(marker: "m", text: template("a"), comment: "#"))), ["a"]),
    (
      .edit(
        EditAction(path: PathPattern("f"), change: .replace(pattern: Located("x", .fileStart), with: template("a")))),
      ["a"]
    ),
    (
      .sql(
        SQLAction(
          database: database, body: .statements([query("a"), query("b")]),
          bind: [.init(name: Located("n", .fileStart), value: template("c"))])), ["a", "b", "c"]
    ),
    (.check(CheckAction(checks: checks)), checkNames),
    (
      .manual(
        ManualAction(instructions: template("a"), criteria: [.text(template("b")), .check(checks[2])])),
      ["a", "b", "checked", "out"]
    ),
    (
      .agent(
        AgentAction(
          prompt: .file(PathPattern("p.md"), template("a")),
          acceptance: Acceptance(criteria: [.check(checks[2])]),
          program: .words(ExecAction(arguments: [template("b")])),
          handoff: [
            Handoff(
              receiver: Located("qa", .fileStart), requirements: [template("c")],
              dataAccess: .map(
                [.init(name: Located("url", .fileStart), value: .list([.text(template("d"))], .fileStart))], .fileStart)
            )
          ])), ["a", "checked", "out", "b", "c", "d"]
    ),
  ]

  /// Rules about what is not among the traits do not look at the step.
  @Test(arguments: actions) func traitsTellWhatAnActionMayHold(action: Action, names: [String]) {
    let step = Step(id: Located("s", .fileStart), action: action)
    #expect(step.traits.contains(.expressions))
    if action.targetPath != nil || action.writtenDatabase != nil || action.sourcePath != nil {
      #expect(step.traits.contains(.files))
    }
  }

  @Test func traitsAreThoseOfAnyStep() {
    let script = ShellScript(text: "true", bindings: [], template: Template(literal: "true"))
    var plan = Plan(title: "t", path: "p")
    plan.steps = [Step(id: Located("plain", .fileStart), action: .run(RunAction(script: script)))]
    plan.steps[0].title = "titled"
    plan.steps[0].needs = [Located("other", .fileStart)]
    #expect(plan.traits == [])
    for (trait, change) in [
      (.phase, { $0.phase = Located("p", .fileStart) }), (.condition, { $0.when = .literal(.bool(true), .fileStart) }),
      (.details, { $0.pool = Located("p", .fileStart) }),
    ] as [(StepTraits, (inout Step) -> Void)] {
      var other = plan
      other.finally = plan.steps
      change(&other.finally[0])
      #expect(other.traits == trait)
    }
  }

  @Test(arguments: actions) func referencesOfActions(action: Action, names: [String]) {
    let step = Step(id: Located("s", .fileStart), action: action)
    #expect(step.allReferences.map(\.value) == names.map(Reference.parameter))
  }

  @Test func referencesOfAllOtherFields() {
    var step = Step(id: Located("s", .fileStart), action: .exec(ExecAction(arguments: [])))
    step.when = StepContentsTests.reference("when")
    step.cwd = StepContentsTests.template("cwd")
    step.env = [.init(name: Located("E", .fileStart), value: StepContentsTests.template("env"))]
    step.unless = StepContentsTests.script("unless")
    step.expect = Expectation(stderr: [Comparison(.eq, .template(StepContentsTests.template("expect")))])
    step.verify = [StepContentsTests.checks[0]]
    step.undo = .run(RunAction(script: StepContentsTests.script("undo")))
    step.state = [.init(name: Located("k", .fileStart), value: StepContentsTests.template("state"))]
    let expected = ["when", "cwd", "env", "unless", "expect", "count", "undo", "state"]
    #expect(step.allReferences.map(\.value) == expected.map(Reference.parameter))
  }

  @Test func valuesWithAFallbackAreNotRequired() {
    let value = Expression.reference(.stepValue(step: "a", key: "k"), .fileStart)
    let other = Expression.reference(.stepValue(step: "b", key: "k"), .fileStart)
    var step = Step(id: Located("s", .fileStart), action: .exec(ExecAction(arguments: [])))
    step.when = .binary(
      .and, .call(.default, [value, other], .fileStart), .call(.exists, [value], .fileStart), .fileStart)
    #expect(step.requiredValueReads.map(\.value) == [.stepValue(step: "b", key: "k")])
    step.when = .reference(.stepStatus(step: "a"), .fileStart)
    #expect(step.requiredValueReads.isEmpty)
  }

  @Test(arguments: [
    (
      Action.file(FileAction(path: PathPattern("f"), content: .source(PathPattern("s"), render: true))), ["out", "f"],
      ["in", "s"]
    ),
    (.edit(EditAction(path: PathPattern("f"), change: .line(Template(literal: "x")))), ["out", "f"], ["in"]),
    (.sql(SQLAction(database: database, body: .file(PathPattern("q.sql")))), ["out", "w.db"], ["in", "q.sql"]),
    (.sql(SQLAction(database: database, body: .query(query("a")))), ["out"], ["in", "w.db"]),
    (.check(CheckAction(checks: checks)), ["out"], ["in", "w.db"]),
    (.exec(ExecAction(arguments: [])), ["out"], ["in"]),
  ]) func pathsOfActions(action: Action, written: [String], read: [String]) {
    var step = Step(id: Located("s", .fileStart), action: action)
    step.inputs = [PathPattern("in")]
    step.outputs = [PathPattern("out")]
    #expect(step.writtenPaths.map(\.text) == written)
    #expect(step.readPaths.map(\.text) == read)
  }
}
