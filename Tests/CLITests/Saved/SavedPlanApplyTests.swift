internal import Foundation
internal import TestSupport
internal import Testing

/// `plan --out` and `apply SAVED`: applied once, and only while everything is as it was saved.
struct SavedPlanApplyTests {
  static let plan = """
    execplan: 1
    title: Saved
    id: saved
    params: {word: {type: string, default: hello}, other: {type: string, default: x}}
    steps:
      - {id: a, run: "sh $OUT/mark.sh a ${{ params.word }}"}
      - {id: b, needs: [a], inputs: [in.txt], outputs: [out.txt], run: "sh $OUT/mark.sh b; cp in.txt out.txt"}

    """

  static func withSavedPlan(
    _ plan: String = plan, _ arguments: [String] = [], _ body: (RunProject) throws -> Void
  ) throws {
    try withRunProject(plan) { project in
      try project.folder.write("in.txt", "1\n")
      let saved = try Execplan.run(["plan", "--out", "x.saved"] + arguments, in: project.folder)
      #expect(saved.exit == 0, "\(saved)")
      try body(project)
    }
  }

  @Test func itIsAppliedOnce() throws {
    try Self.withSavedPlan { project in
      let attributes = try FileManager.default.attributesOfItem(atPath: project.folder.path("x.saved"))
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(try project.run("apply", "x.saved", "-q").exit == 0)
      #expect(project.ledger == ["a hello", "b"])
      let again = try project.run("apply", "x.saved")
      #expect(again.exit == 5)
      #expect(again.stderr.contains("x.saved was applied before: run 1 came of it"), "\(again)")
      #expect(again.stderr.contains("execplan plan p.execplan.yaml --out x.saved"), "\(again)")
      #expect(project.ledger == ["a hello", "b"])
      #expect(try project.query("select run_id, leg_id from saved_plans") == "1|1")
      // Also when the run is pruned.
      for _ in 1...2 { #expect(try project.run("apply", "-q").exit == 0) }
      #expect(try project.run("runs", "--prune", "--keep", "1", "-q").exit == 0)
      #expect(try project.run("apply", "x.saved").stderr.contains("was applied before"))
    }
  }

  @Test func itHasTheParametersAndTheChoiceOfSteps() throws {
    try Self.withSavedPlan(Self.plan, ["--param", "word=good day", "--only", "a"]) { project in
      let applied = try project.run("apply", "x.saved", "-j1")
      #expect(applied.exit == 0, "\(applied)")
      #expect(project.ledger == ["a good day"])
      #expect(try project.query("select state from runs") == "partial")
    }
  }

  /// Something that moves, and what is said of it.
  struct Move: Sendable, CustomStringConvertible {
    let description: String
    let said: [String]
    let move: @Sendable (RunProject) throws -> Void
    /// Takes it back; nil: it can't be.
    let undo: (@Sendable (RunProject) throws -> Void)?

    init(
      _ description: String, _ said: [String], _ move: @escaping @Sendable (RunProject) throws -> Void,
      undo: (@Sendable (RunProject) throws -> Void)? = nil
    ) {
      self.description = description
      self.said = said
      self.move = move
      self.undo = undo
    }
  }

  private static func edited(_ old: String, _ new: String) -> @Sendable (RunProject) throws -> Void {
    { try $0.write(plan.replacing(old, with: new)) }
  }

  static let moves = [
    Move(
      "an edit", ["the plan was edited", "\"a\"", "definition"], edited("mark.sh a", "mark.sh A"),
      undo: edited("", "")),
    Move(
      "a step less", ["the plan was edited", "\"b\"", "not in the plan"],
      { try $0.write(plan.split(separator: "\n").dropLast().joined(separator: "\n")) }, undo: edited("", "")),
    Move(
      "a step more", ["the plan was edited", "\"c\"", "a step"],
      { try $0.write(plan + "  - {id: c, run: \"true\"}\n") }, undo: edited("", "")),
    Move(
      "another value of a parameter that nothing reads", ["the parameters have other values", "parameter \"other\""],
      edited("default: x", "default: y"), undo: edited("", "")),
    Move(
      "a parameter less", ["parameter \"other\"", "not declared"], edited(", other: {type: string, default: x}", ""),
      undo: edited("", "")),
    Move(
      "another secret", ["names other secrets", "TOKEN"],
      edited("steps:", "secrets: {TOKEN: {env: TOKEN}}\nsteps:"), undo: edited("", "")),
    Move("another run", ["the plan has been run since", "last run", "none"], { _ = try $0.run("apply", "-q") }),
    Move(
      "a file that a step reads", ["files that steps read have changed", "\"b\""],
      { try $0.folder.write("in.txt", "2\n") }, undo: { try $0.folder.write("in.txt", "1\n") }),
    Move(
      "a plan that is gone", ["is not in the project"],
      { try FileManager.default.removeItem(atPath: $0.folder.path("p.execplan.yaml")) }, undo: edited("", "")),
    Move(
      "another id of the plan", ["it is about another plan", "other (p.execplan.yaml)"],
      edited("id: saved", "id: other"), undo: edited("", "")),
  ]

  @Test(arguments: moves) func whatMovedIsRefusedAndLeavesItUnused(_ move: Move) throws {
    try Self.withSavedPlan { project in
      try move.move(project)
      let before = project.ledger
      let refused = try project.run("apply", "x.saved", env: ["TOKEN": "0123456789abcdef"])
      #expect(refused.exit == 5, "\(refused)")
      for text in move.said { #expect(refused.stderr.contains(text), "\(text): \(refused)") }
      #expect(project.ledger == before)
      let shown = try project.run("show", "x.saved")
      #expect(shown.exit == 0 && shown.stdout.contains("it can't be applied"), "\(shown)")
      for text in move.said { #expect(shown.stdout.contains(text), "\(text): \(shown)") }
      guard let undo = move.undo else { return }
      try undo(project)
      #expect(try project.run("apply", "x.saved", "-q").exit == 0)
      #expect(project.ledger == ["a hello", "b"])
    }
  }

  @Test func otherDecisionsAreShownInATable() throws {
    let plan = Self.plan.replacing("{id: a, run:", with: "{id: a, once: true, run:")
    try withRunProject(plan) { project in
      try project.folder.write("in.txt", "1\n")
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(try project.run("plan", "-q", "--until", "b", "--out", "x.saved").exit == 0)
      try FileManager.default.removeItem(atPath: project.folder.path("out.txt"))
      let refused = try project.run("apply", "x.saved")
      #expect(refused.exit == 5)
      #expect(refused.stderr.contains("other steps would run"), "\(refused)")
      let row = "\"b\"  skip (up to date since run 1)  run (output missing: \"out.txt\")"
      #expect(refused.stderr.contains(row), "\(refused)")
      #expect(refused.stderr.contains("execplan plan p.execplan.yaml --until b --out x.saved"), "\(refused)")
    }
  }

  @Test func anotherJournalIsNotTheOne() throws {
    try withRunProject(Self.plan) { project in
      try project.folder.write("in.txt", "1\n")
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(try project.run("plan", "-q", "--out", "x.saved").exit == 0)
      let refused = try project.run("apply", "x.saved", "--state-dir", "elsewhere")
      #expect(refused.exit == 5)
      #expect(refused.stderr.contains("it was made with another journal"), "\(refused)")
    }
  }

  /// Approvals, events and other plans are no part of it, nor is what the plan only says to people.
  @Test func otherThingsMoveWithoutIt() throws {
    try Self.withSavedPlan { project in
      try project.folder.write(
        "other.execplan.yaml", "execplan: 1\ntitle: Other\nid: other\nsteps: [{id: a, run: \"true\"}]\n")
      #expect(try project.run("apply", "other", "-q").exit == 0)
      try project.write(Self.plan.replacing("title: Saved", with: "title: Another title"))
      let applied = try project.run("apply", "x.saved", "-q")
      #expect(applied.exit == 0, "\(applied)")
    }
  }

  @Test func aChangedFileIsRefused() throws {
    try Self.withSavedPlan { project in
      let text = try #require(project.folder.read("x.saved"))
      try project.folder.write("x.saved", text.replacing("\"decision\":\"run\"", with: "\"decision\":\"skip\""))
      for command in ["apply", "show"] {
        let result = try project.run(command, "x.saved")
        #expect(result.exit == (command == "apply" ? 5 : 0))
        #expect((result.stdout + result.stderr).contains("x.saved was changed after it was saved"), "\(result)")
      }
      #expect(project.ledger == [])

      // Whoever seals it anew is found out by what is computed afresh.
      for (old, new, said) in [
        ("\"decision\":\"run\"", "\"decision\":\"skip\"", "skip (first run)"),
        ("\"kind\":\"first_run\"", "\"kind\":\"forced\"", "run (forced)"),
        ("\"run\":null", "\"run\":7", "last run"), ("\"key\":\"saved\"", "\"key\":\"other\"", "another plan"),
      ] {
        try project.folder.write("x.saved", try sealed(text.replacing(old, with: new), project))
        let result = try project.run("apply", "x.saved")
        #expect(result.exit == 5 && result.stderr.contains(said), "\(result)")
        #expect(project.ledger == [])
      }
      try project.folder.write("x.saved", try sealed(text, project))
      #expect(project.folder.read("x.saved") == text)
      #expect(try project.run("apply", "x.saved", "-q").exit == 0)
    }
  }

  /// The text with a seal that fits.
  private func sealed(_ text: String, _ project: RunProject) throws -> String {
    let body = try #require(text.range(of: "  \"seal\"")).lowerBound
    try project.outside.write("body", String(text[..<body]))
    let sum = try Execplan.runOther("/usr/bin/env", ["sha256sum", project.outside.path("body")], in: project.folder)
    return text[..<body] + "  \"seal\": \"\(sum.stdout.prefix(64))\"\n}\n"
  }

  /// Exits 3 to 6 before the run begins leave it unused.
  @Test func aRefusalForAnotherReasonLeavesItUnused() throws {
    try Self.withSavedPlan { project in
      try project.write(Self.plan.replacing("steps:", with: "steps: ["))
      #expect(try project.run("apply", "x.saved").exit == 3)
      let shown = try project.run("show", "x.saved").stdout
      #expect(shown.contains("its plan has errors"), "\(shown)")
      try project.write(Self.plan)
      let asked = try project.run("apply", "x.saved", "--ask")
      #expect(asked.exit == 4 && asked.stderr.contains("execplan apply x.saved"), "\(asked)")
      #expect(try project.run("apply", "x.saved", "-q").exit == 0)
    }
  }

  @Test func itGoesOnWithTheRunThatItWasMadeFor() throws {
    let plan = Self.plan.replacing("mark.sh b;", with: "mark.sh b; test -e well;")
    try withRunProject(plan) { project in
      try project.folder.write("in.txt", "1\n")
      #expect(try project.run("apply", "-q").exit == 1)
      #expect(try project.run("plan", "-q", "--out", "x.saved").exit == 0)
      try project.folder.write("well", "")
      let applied = try project.run("apply", "x.saved")
      #expect(applied.exit == 0 && applied.stderr.contains("continuing run 1"), "\(applied)")
      #expect(project.ledger == ["a hello", "b", "b"])
      #expect(try project.query("select run_id, leg_id from saved_plans; select count(*) from runs") == "1|2\n1")
      #expect(try project.run("apply", "x.saved").exit == 5)
    }
  }

  /// The project is that of the working folder, or else that of the file.
  @Test func thePlanIsFoundFromElsewhere() throws {
    try Self.withSavedPlan { project in
      let applied = try Execplan.run(["apply", project.folder.path("x.saved"), "-q"], in: project.outside)
      #expect(applied.exit == 0, "\(applied)")
      #expect(project.ledger == ["a hello", "b"])
    }
  }
}
