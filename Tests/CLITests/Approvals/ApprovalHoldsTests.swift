internal import Foundation
internal import TestSupport
internal import Testing

/// What an approval does not reach: other runs, changed text, maintenance.
struct ApprovalHoldsTests {
  private static func two(_ fetch: String = "echo fetch", _ fill: String = "exit 3") -> String {
    """
    execplan: 1
    title: Load
    id: load
    approval: phases
    phases:
      - {id: extract}
      - {id: load}
    steps:
      - {id: fetch, phase: extract, run: "\(fetch) >> $OUT/ledger"}
      - {id: fill, phase: load, run: "\(fill)"}

    """
  }

  @Test func aRunThatRepeatsAPartOfAnotherAsksAnew() throws {
    try withRunProject(ApprovalTests.phases()) { project in
      #expect(try project.run("approve", "load").exit == 0)
      #expect(try project.run("apply").exit == 0)
      try project.write(ApprovalTests.phases(load: "echo other >> $OUT/ledger"))
      let asked = try project.run("apply", "--rerun-from", "fill")
      #expect(asked.exit == 4, "\(asked)")
      #expect(asked.stdout.contains("waiting: approval:load"), "\(asked)")
      #expect(project.ledger == ["fetch", "fill"])
      let agreed = try project.run("approve", "load", "--continue")
      #expect(agreed.exit == 0, "\(agreed)")
      #expect(project.ledger == ["fetch", "fill", "other"])
    }
  }

  @Test(arguments: ["--rerun-changed", "--rerun", "--force"])
  func whatRunsAgainWithAnotherTextIsAskedAgain(option: String) throws {
    try withRunProject(Self.two()) { project in
      #expect(try project.run("approve", "load").exit == 0)
      #expect(try project.run("apply").exit == 1)
      #expect(project.ledger == ["fetch"])
      try project.write(Self.two("echo edited"))
      let asked =
        option == "--rerun"
        ? try project.run("apply", "--resume", option, "fetch") : try project.run("apply", "--resume", option)
      #expect(asked.exit == 4, "\(asked)")
      #expect(asked.stderr.contains("\"approval:extract\" is asked again"), "\(asked)")
      #expect(project.ledger == ["fetch"])
    }
  }

  @Test func itemsThatARunFoundAreAskedAgainWhenWhatIsDoneForEachChanges() throws {
    func plan(_ word: String) -> String {
      """
      execplan: 1
      title: Items
      id: items
      approval: plan
      steps:
        - id: list
          idempotent: true
          run: echo 'names=["eu","us","ap"]' >> "$EXECPLAN_OUTPUT"
        - id: fetch
          needs: [list]
          foreach: fromJSON(steps.list.values.names)
          run: |
            test ! -e "$OUT/bad-${{ item }}"
            echo "\(word) ${{ item }}" >> $OUT/ledger

      """
    }
    try withRunProject(plan("fetch")) { project in
      try project.outside.write("bad-us", "")
      #expect(try project.run("approve", "items").exit == 0)
      #expect(try project.run("apply", "-j", "1").exit == 1)
      try project.write(plan("edited"))
      let asked = try project.run("apply", "--resume", "--keep-changed", "-j", "1")
      #expect(asked.exit == 4, "\(asked)")
      #expect(asked.stderr.contains("\"approval:plan\" is asked again"), "\(asked)")
      #expect(!project.ledger.contains { $0.hasPrefix("edited") })
    }
  }

  @Test func whatIsDoneBetweenLetsNothingPass() throws {
    func plan(_ last: String) -> String {
      """
      execplan: 1
      title: Between
      id: between
      steps:
        - {id: agree, approve: "Go?"}
        - {id: a, needs: [agree], run: "echo a >> $OUT/ledger"}
        - {id: b, needs: [a], run: "\(last)"}

      """
    }
    try withRunProject(plan("exit 3")) { project in
      #expect(try project.run("approve", "between").exit == 0)
      #expect(try project.run("apply").exit == 1)
      try project.write(plan("echo b >> $OUT/ledger"))
      let asked = try project.run("apply", "--resume")
      #expect(asked.exit == 4, "\(asked)")
      #expect(project.ledger == ["a"])
      #expect(try project.run("approve", "between", "--continue").exit == 0)
      #expect(project.ledger == ["a", "b"])
    }
  }

  @Test func aFileThatCannotBeReadIsNoApproval() throws {
    let plan = """
      execplan: 1
      title: Script
      id: script
      approval: plan
      steps:
        - {id: a, run: "test -e $OUT/go"}
        - {id: b, needs: [a], run: "sh scripts/b.sh || echo b >> $OUT/ledger"}

      """
    try withRunProject(plan) { project in
      try project.folder.write("scripts/b.sh", "true\n")
      #expect(try project.run("approve", "script").exit == 0)
      #expect(try project.run("apply").exit == 1)
      try project.outside.write("go", "")
      // A loop of links can't be looked at, whoever asks.
      try FileManager.default.removeItem(atPath: project.folder.path("scripts"))
      try FileManager.default.createSymbolicLink(
        atPath: project.folder.path("scripts"), withDestinationPath: project.folder.path("scripts"))
      let asked = try project.run("apply", "--resume")
      #expect(asked.exit == 4, "\(asked)")
      #expect(asked.stderr.contains("\"approval:plan\" is asked again"), "\(asked)")
      #expect(project.ledger.isEmpty)
    }
  }

  @Test func whatEndsACalledPlanBelongsToThePhaseOfTheCall() throws {
    let plan = """
      execplan: 1
      title: Parent
      id: parent
      approval: phases
      phases: [{id: one}]
      steps:
        - {id: sub, phase: one, call: {path: sub.execplan.yaml}}

      """
    try withRunProject(plan) { project in
      try project.folder.write(
        "sub.execplan.yaml",
        "execplan: 1\ntitle: Sub\nsteps:\n  - {id: a, run: \"true\"}\nfinally:\n  - {id: z, run: \"true\"}\n")
      let approved = try project.run("approve", "parent")
      #expect(approved.exit == 0, "\(approved)")
      let parts = try project.query("select parts from approvals")
      #expect(parts.contains("step:sub/a") && parts.contains("step:sub/z"), "\(parts)")
    }
  }

  /// What others read of it, and whether it may fail, stands in no definition of a step.
  @Test(arguments: [("allow_failure: false", "allow_failure: true"), ("\"one\"", "\"two\"")])
  func whatACallComesToIsApproved(old: String, new: String) throws {
    let plan = """
      execplan: 1
      title: Parent
      id: parent
      approval: plan
      steps:
        - {id: sub, allow_failure: false, call: {path: sub.execplan.yaml}}
        - {id: after, needs: [sub], run: "echo ${{ steps.sub.values.word }} >> $OUT/ledger"}

      """
    let sub = "execplan: 1\ntitle: Sub\nvalues: {word: \"one\"}\nsteps:\n  - {id: a, run: \"true\"}\n"
    try withRunProject(plan) { project in
      try project.folder.write("sub.execplan.yaml", sub)
      let approved = try project.run("approve", "parent", "--by", "ana")
      #expect(approved.exit == 0, "\(approved)")
      try project.write(plan.replacingOccurrences(of: old, with: new))
      try project.folder.write("sub.execplan.yaml", sub.replacingOccurrences(of: old, with: new))
      let stopped = try project.run("apply", "parent")
      #expect(stopped.exit == 4, "\(stopped)")
      #expect(stopped.stdout.contains("the approval of ana is void: \"sub\" changed since"), "\(stopped)")
    }
  }

  @Test func anotherUndoIsAskedAbout() throws {
    let plan = """
      execplan: 1
      title: Undo
      id: undo
      approval: plan
      steps:
        - {id: a, run: "echo a >> $OUT/ledger", undo: {run: "echo back >> $OUT/ledger"}}

      """
    try withRunProject(plan) { project in
      #expect(try project.run("approve", "undo", "--by", "ana").exit == 0)
      try project.write(plan.replacingOccurrences(of: "echo back", with: "echo gone"))
      let stopped = try project.run("apply")
      #expect(stopped.exit == 4, "\(stopped)")
      #expect(stopped.stdout.contains("the approval of ana is void: \"a\" changed since"), "\(stopped)")
      #expect(project.ledger.isEmpty)
    }
  }

  @Test func whatEndsThePlanIsAskedAboutWithEachPhase() throws {
    let plan = Self.two("echo fetch", "exit 3") + "finally:\n  - {id: end, run: \"echo end >> $OUT/ledger\"}\n"
    try withRunProject(plan) { project in
      #expect(try project.run("approve", "load", "--by", "ana").exit == 0)
      try project.write(plan.replacingOccurrences(of: "echo end", with: "echo other"))
      let stopped = try project.run("apply")
      #expect(stopped.exit == 4, "\(stopped)")
      #expect(stopped.stdout.contains("the approval of ana is void: \"end\" changed since"), "\(stopped)")
      #expect(project.ledger.isEmpty)
      #expect(try project.run("approve", "load", "--continue").exit == 1)
      #expect(project.ledger == ["fetch", "other"])
    }
  }

  /// A number that nobody has seen is not approved.
  @Test func whatAQuestionShowsIsApproved() throws {
    let plan = """
      execplan: 1
      title: Rows
      id: rows
      steps:
        - {id: count, idempotent: true, run: 'echo "rows=$(cat $OUT/rows)" >> "$EXECPLAN_OUTPUT"'}
        - {id: agree, needs: [count], approve: "Load ${{ steps.count.values.rows }} rows?"}
        - {id: load, needs: [agree], run: "echo load >> $OUT/ledger; test -e $OUT/good"}

      """
    try withRunProject(plan) { project in
      try project.outside.write("rows", "10")
      let early = try project.run("approve", "rows", "agree")
      #expect(early.exit == 5 && early.stderr.contains("\"agree\" asks about what \"count\" finds"), "\(early)")
      let asked = try project.run("apply")
      #expect(asked.exit == 4 && asked.stdout.contains("waiting: agree: Load 10 rows?"), "\(asked)")
      #expect(try project.run("approve", "rows", "--by", "ana").exit == 0)
      try project.outside.write("rows", "9999")
      let other = try project.run("apply", "--resume", "--rerun", "count")
      #expect(other.exit == 4 && other.stdout.contains("waiting: agree: Load 9999 rows?"), "\(other)")
      #expect(other.stdout.contains("is void: what \"agree\" asks about changed since"), "\(other)")
      #expect(project.ledger.isEmpty)
      // The same number again is what was approved.
      try project.outside.write("rows", "10")
      #expect(try project.run("apply", "--resume", "--rerun", "count").exit == 1)
      #expect(project.ledger == ["load"])
      // Also where the run has passed it already.
      try project.outside.write("rows", "77")
      let passed = try project.run("apply", "--resume", "--rerun", "count")
      #expect(passed.exit == 4 && passed.stdout.contains("waiting: agree: Load 77 rows?"), "\(passed)")
      #expect(project.ledger == ["load"])
      try project.outside.write("good", "")
      #expect(try project.run("approve", "rows", "--continue").exit == 0)
      #expect(project.ledger == ["load", "load"])
    }
  }

  @Test func filesOfSecretsAreNotJudged() throws {
    let plan = """
      execplan: 1
      title: Env
      id: env
      approval: plan
      secrets:
        TOKEN: {file: keys/token}
      steps:
        - {id: a, run: ". ./.env; sh keys/token; sh a.sh"}

      """
    try withRunProject(plan) { project in
      for name in [".env", "keys/token", "a.sh"] { try project.folder.write(name, "true\n") }
      let approved = try project.run("approve", "env")
      #expect(approved.exit == 0, "\(approved)")
      let parts = try project.query("select parts from approvals")
      #expect(parts.contains("file:a.sh") && !parts.contains(".env") && !parts.contains("token"), "\(parts)")
    }
  }

  @Test(arguments: ["", "  ", "an\u{1B}[31ma", "ana\u{200B}"])
  func namesThatSayNothingAreRefused(name: String) throws {
    try withRunProject(ApprovalTests.phases()) { project in
      let refused = try project.run("approve", "load", "--by", name)
      #expect(refused.exit == 64, "\(refused)")
      #expect(!refused.stderr.contains("\u{1B}"), "\(refused)")
    }
  }

  @Test func oneNameIsOnePersonInAnyCase() throws {
    try withRunProject(ApprovalTests.step) { project in
      #expect(try project.run("apply").exit == 4)
      #expect(try project.run("approve", "publish", "agree", "--by", "ana").exit == 0)
      let again = try project.run("approve", "publish", "agree", "--by", " Ana ")
      #expect(again.exit == 0 && again.stderr.contains("somebody else must approve, too"), "\(again)")
      try project.write(ApprovalTests.step.replacingOccurrences(of: "cleo]", with: "Ana]"))
      let invalid = try project.run("validate", "p.execplan.yaml")
      #expect(invalid.exit == 1 && invalid.stdout.contains("stands twice in \"approvers\""), "\(invalid)")
    }
  }
}
