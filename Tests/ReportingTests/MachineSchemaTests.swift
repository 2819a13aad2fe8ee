internal import Diagnostics
internal import Foundation
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText
internal import Testing

/// The outputs against their published schemas, in both directions.
struct MachineSchemaTests {
  private static let failure = FailureView(exitCode: 5, message: "refused", nextCommands: ["execplan status demo"])

  private static var diagnostics: DiagnosticsReport {
    DiagnosticsReport([
      FileDiagnostics(
        file: SourceFile(path: "p", text: "abc"),
        diagnostics: [
          Diagnostic(
            Fixture.race, .fileStart, "m", notes: ["n"], related: [.init("r", .fileStart)],
            fix: FixIt("f", [.init(.fileStart, with: "x")])), Diagnostic(Fixture.hint, .fileStart, "i"),
        ])
    ])
  }

  private static var crash: CrashView {
    var view = CrashView(plan: "p.execplan.yaml")
    var step = CrashView.Step(id: "a", action: "run", idempotence: "none")
    step.cells = [.same, .asks, .differs, .fails]
    view.steps = [step]
    view.defects = [
      CrashView.Defect(
        kind: "append", title: "appends", step: "a", moment: "after", path: "log", what: "w", why: "y", fix: "f"),
      CrashView.Defect(
        kind: "unstable", title: "differs", step: "", moment: nil, path: nil, what: "w", why: "y", fix: "f"),
    ]
    view.notes = [.init(step: nil, text: "n")]
    view.leftOut = [".build"]
    return view
  }

  private static var events: [[UInt8]] {
    [EventStream.versionLine]
      + Event.Kind.allCases.map {
        EventStream.line(
          Event($0, step: $0 == .runStarted ? nil : "a", attempt: $0 == .runStarted ? nil : 1, at: 5), sequence: 3,
          run: 7
        )
      }
  }

  private func check(_ outputs: [[UInt8]], _ schema: Schema) throws {
    let validator = SchemaValidator(root: try JSONValue(parsing: schema.text))
    for output in outputs {
      #expect(validator.problems(try JSONValue(parsing: String(output))) == [], "\(String(output))")
    }
  }

  @Test func outputsFitTheirSchemas() throws {
    try check([MachineSchemaTests.diagnostics.json(), MachineSchemaTests.failure.json()], .diagnostics)
    let invalid = FailureView(exitCode: 3, message: "invalid", diagnostics: MachineSchemaTests.diagnostics)
    try check([Fixture.planView.json(), MachineSchemaTests.failure.json(), invalid.json()], .changeset)
    let neverRun = StatusView(plan: "new", run: nil)
    try check(
      [
        Fixture.statusView.json(), neverRun.json(), StatusListView(plans: [neverRun, Fixture.statusView]).json(),
        MachineSchemaTests.failure.json(),
      ], .status)
    try check(MachineSchemaTests.events, .events)
    try check([Fixture.savedPlan.encoded()], .saved)
    try check([MachineSchemaTests.crash.json(), CrashView(plan: "p").json(), MachineSchemaTests.failure.json()], .test)
  }

  /// A key that only one side knows is a schema that lies.
  @Test func keysOfTheOutputsAreThoseOfTheSchemas() throws {
    func compare(_ output: [UInt8], _ schema: Schema, without others: Set<String> = []) throws {
      let root = try JSONValue(parsing: schema.text)
      func visit(_ value: JSONValue, _ schema: JSONValue, _ path: String) {
        var schema = schema
        if let name = schema["$ref"]?.text?.split(separator: "/").last {
          schema = root["definitions"]?[String(name)] ?? .null
        }
        for element in value.elements.prefix(1) { visit(element, schema["items"] ?? .null, "\(path)[]") }
        guard value.isObject else { return }
        let known = Set((schema["properties"]?.members ?? [:]).keys)
        #expect(Set(value.members.keys) == known.subtracting(path == "$" ? others : []), "\(path)")
        for (key, member) in value.members { visit(member, schema["properties"]?[key] ?? .null, "\(path).\(key)") }
      }
      visit(try JSONValue(parsing: String(output)), root, "$")
    }
    try compare(MachineSchemaTests.diagnostics.json(), .diagnostics, without: ["error"])
    var plan = Fixture.planView
    plan.showsDiffs = true
    plan.steps[0].diff = PathDiff(PathChange(path: "a", before: nil, after: .init(.file(Array("x\n".utf8)))))
    plan.saved = .init(file: "p.saved", id: "0f")
    try compare(plan.json(), .changeset, without: ["error", "valid", "diagnostics"])
    var saved = Fixture.savedPlan
    saved.choices.onConflict = .adopt
    saved.choices.rerunFrom = ["b"]
    try compare(saved.encoded(), .saved)
    try compare(MachineSchemaTests.crash.json(), .test, without: ["error"])
    try compare(Fixture.statusView.json(), .status, without: ["error", "plans"])
    try compare(
      MachineSchemaTests.events[1], .events,
      without: ["schema", "resources", "planned", "saved_plan", "choice", "by"])
  }

  @Test func namesOfTheModelAreThoseOfTheSchemas() throws {
    func names(_ node: JSONValue?) -> Set<String> { Set(node?["enum"]?.elements.compactMap(\.text) ?? []) }
    func root(_ schema: Schema) throws -> JSONValue { try JSONValue(parsing: schema.text) }
    let step = try root(.changeset)["properties"]?["steps"]?["items"]?["properties"]
    #expect(names(step?["decision"]) == Set(Decision.allCases.map(\.rawValue)))
    #expect(names(step?["idempotence"]) == Set(IdempotenceClass.allCases.map(\.rawValue)))
    let saved = try root(.saved)["properties"]
    #expect(
      names(saved?["steps"]?["items"]?["properties"]?["decision"]) == Set(Decision.allCases.map(\.rawValue)))
    #expect(
      names(saved?["options"]?["properties"]?["changed"])
        == Set(SavedPlan.Choices.Changed.allCases.map(\.rawValue)))
    #expect(names(try root(.events)["properties"]?["planned"]) == Set(Decision.allCases.map(\.rawValue)))
    let status = try root(.status)["properties"]
    #expect(
      names(status?["steps"]?["items"]?["properties"]?["state"]) == Set(StepState.allCases.map(\.rawValue)))
    #expect(names(status?["run"]?["properties"]?["state"]) == Set(RunState.allCases.map(\.rawValue)))
    #expect(names(try root(.events)["properties"]?["type"]) == Set(Event.Kind.allCases.map(\.rawValue) + ["version"]))
    let severity = try root(.diagnostics)["definitions"]?["diagnostic"]?["properties"]?["severity"]
    #expect(names(severity) == Set(Severity.allCases.map(\.rawValue)))
  }

  @Test func formatVersionIsTheFirstKey() {
    let outputs = [
      MachineSchemaTests.diagnostics.json(), Fixture.planView.json(), Fixture.statusView.json(),
      RunsView(runs: []).json(), GraphView(nodes: [], edges: []).json(), Fixture.showView.json(),
      MachineSchemaTests.failure.json(), StatusListView(plans: []).json(), Fixture.whyView.json(),
      SavedPlanView(file: "p", saved: Fixture.savedPlan, title: nil, refusal: nil, applyCommand: "x").json(),
    ]
    for output in outputs {
      #expect(String(output).hasPrefix(#"{"format_version":"1.0","#))
      #expect(output.last == 0x0A)
    }
  }

  @Test func eventsKeepTheirPayloadAndTheStreamBeginsWithItsVersion() {
    #expect(String(EventStream.versionLine) == "{\"type\":\"version\",\"schema\":\"1.0\"}\n")
    let event = Event(
      .stepFinished, step: "a", attempt: 2, at: 0,
      payload: [.init("state", .string("failed")), .init("seq", .int(9)), .init("exit_code", .int(2))])
    #expect(
      String(EventStream.line(event, sequence: 3, run: 7)) == """
        {"type":"step_finished","seq":3,"ts":"1970-01-01T00:00:00.000Z","run_id":7,"step_id":"a","attempt":2,\
        "state":"failed","exit_code":2}

        """)
  }

  @Test func jsonTextWritesEveryKindOfValue() {
    var json = JSONText()
    json.value(
      .list([
        .null, .bool(true), .int(-1), .double(1.5), .double(3), .double(.infinity), .double(.nan),
        .string("\u{1}\"\\é"),
        .map([.init("b", .list([])), .init("a", .map([]))]),
      ]))
    #expect(String(json.bytes) == #"[null,true,-1,1.5,3,null,null,"\u0001\"\\é",{"b":[],"a":{}}]"#)
  }
}
