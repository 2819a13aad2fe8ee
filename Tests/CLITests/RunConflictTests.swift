internal import Foundation
internal import TestSupport
internal import Testing

/// What is there already, and no run of the plan made it, is neither lost nor taken for done without a word.
struct RunConflictTests {
  private static func plan(_ steps: String, _ more: String = "") -> String {
    "execplan: 1\ntitle: Brownfield\nid: brownfield\n\(more)steps:\n\(steps)\n"
  }

  private static let conf = plan(
    """
      - {id: first, run: "echo first >> $OUT/ledger"}
      - {id: conf, needs: [first], file: {path: etc/app.conf, content: "port = 80\\n"}}
      - {id: last, needs: [conf], run: "echo last >> $OUT/ledger"}
    """)

  private static let detail = "\"etc/app.conf\" is there, and no run of this plan made it"

  @Test func nothingStartsUntilSomebodyDecides() throws {
    try withRunProject(Self.conf) { project in
      try project.folder.write("etc/app.conf", "port = 8080\n")
      let planned = try project.run("plan")
      #expect(planned.exit == 0, "\(planned)")
      #expect(planned.stdout.contains("#  conf   file  conflict  exists already: \(Self.detail)"), "\(planned)")
      #expect(planned.stdout.contains("1 in conflict"), "\(planned)")
      let json = try project.run("plan", "--format", "json")
      #expect(json.stdout.contains(#""decision":"conflict","reasons":[{"kind":"exists_already""#), "\(json)")
      #expect(json.stdout.contains(#""conflict":1"#), "\(json)")
      #expect(try project.run("plan", "--diff").stdout.contains("-port = 8080\n+port = 80\n"))
      for arguments in [
        ["apply"], ["apply", "--no-input"], ["apply", "--force"], ["apply", "--on-conflict", "stop"],
      ] {
        let refused = try Execplan.run(arguments, in: project.folder)
        #expect(refused.exit == 5, "\(refused)")
        #expect(refused.stderr.contains("error: \"conf\": \(Self.detail)\n"), "\(refused)")
        let more = arguments.contains("--force") ? " --force" : ""
        #expect(
          refused.stderr.contains("execplan apply p.execplan.yaml\(more) --on-conflict overwrite\n"), "\(refused)")
        #expect(refused.stderr.contains("execplan apply p.execplan.yaml\(more) --on-conflict adopt\n"), "\(refused)")
      }
      #expect(project.ledger.isEmpty && project.folder.read("etc/app.conf") == "port = 8080\n")
      #expect(try project.query("select count(*) from runs") == "0")
    }
  }

  @Test(arguments: [["--on-conflict", "overwrite"], ["--yes"]])
  func whatIsOverwrittenIsKeptAndComesBack(_ option: [String]) throws {
    try withRunProject(Self.conf) { project in
      try project.folder.write("etc/app.conf", "port = 8080\n")
      let applied = try Execplan.run(["apply", "--events", "events"] + option, in: project.folder)
      #expect(applied.exit == 0, "\(applied)")
      #expect(applied.stderr.contains("conf: will be overwritten: \(Self.detail)"), "\(applied)")
      #expect(project.folder.read("etc/app.conf") == "port = 80\n")
      let by = option[0] == "--yes" ? "yes" : "flag"
      let events = project.folder.read("events") ?? ""
      #expect(
        events.contains(#""type":"conflict""#) && events.contains(#""choice":"overwrite","by":"\#(by)""#), "\(events)")
      let status = try project.run("status", "p.execplan.yaml", "--format", "json")
      #expect(status.stdout.contains(#""conflict":{"choice":"overwrite","by":"\#(by)""#), "\(status)")
      #expect(try project.run("status", "p.execplan.yaml").stdout.contains("overwrites: \"etc/app.conf\" is there"))
      #expect(try project.run("report", "--format", "markdown").stdout.contains("there already: 1 overwritten"))
      // From now on it is the plan's.
      try project.write(Self.conf.replacingOccurrences(of: "80", with: "81"))
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(project.folder.read("etc/app.conf") == "port = 81\n")
      #expect(try project.run("plan").stdout.contains("already as desired"))
    }
  }

  @Test func rollbackAfterOverwritingRestoresWhatWasThere() throws {
    let plan = Self.plan("  - {id: conf, file: {path: app.conf, content: \"port = 80\\n\"}}")
    try withRunProject(plan) { project in
      try project.folder.write("app.conf", "port = 8080\n")
      #expect(try project.run("apply", "-q", "--on-conflict", "overwrite").exit == 0)
      #expect(try project.run("rollback", "-q").exit == 0)
      #expect(project.folder.read("app.conf") == "port = 8080\n")
      // It is not the plan's any more.
      #expect(try project.run("apply").exit == 5)
    }
  }

  @Test func whatIsAdoptedIsLeftAsItIsWhileNothingChanges() throws {
    try withRunProject(Self.conf) { project in
      try project.folder.write("etc/app.conf", "port = 8080\n")
      #expect(try project.run("plan", "--on-conflict", "adopt").stdout.contains("adopted: \"etc/app.conf\""))
      let applied = try project.run("apply", "--on-conflict", "adopt")
      #expect(applied.exit == 0, "\(applied)")
      #expect(project.folder.read("etc/app.conf") == "port = 8080\n" && project.ledger == ["first", "last"])
      #expect(try project.query("select outcome from checkpoints where step = 'conf'") == "adopted")
      #expect(try project.run("status", "p.execplan.yaml").stdout.contains("adopted: \"etc/app.conf\""))
      let again = try project.run("apply")
      #expect(again.exit == 0, "\(again)")
      #expect(project.folder.read("etc/app.conf") == "port = 8080\n")
      #expect(try project.run("plan").stdout.contains("up to date since run 2, which adopted what was there"))
      // Rolling back leaves alone what the run did not make.
      #expect(try project.run("rollback", "-q", "--past-irreversible").exit == 0)
      #expect(project.folder.read("etc/app.conf") == "port = 8080\n")

      try project.folder.write("etc/app.conf", "port = 9090\n")
      #expect(try project.run("apply").exit == 5)
      try project.folder.write("etc/app.conf", "port = 8080\n")
      try project.write(Self.conf.replacingOccurrences(of: "= 80", with: "= 81"))
      #expect(try project.run("apply").exit == 5)
    }
  }

  @Test func equalContentIsTakenWithoutAWord() throws {
    try withRunProject(Self.conf) { project in
      try project.folder.write("etc/app.conf", "port = 80\n")
      let applied = try project.run("apply")
      #expect(applied.exit == 0, "\(applied)")
      #expect(try project.query("select outcome from checkpoints where step = 'conf'") == "guard_holds")
    }
    // Where nothing may be there, also what is as desired must be the plan's.
    try withRunProject(Self.conf.replacingOccurrences(of: "steps:", with: "strategy: greenfield\nsteps:")) { project in
      try project.folder.write("etc/app.conf", "port = 80\n")
      #expect(try project.run("apply").exit == 5)
      #expect(try project.run("apply", "-q", "--on-conflict", "adopt").exit == 0)
      #expect(try project.run("apply", "-q").exit == 0)
    }
  }

  @Test func aStepSaysWhatIsDone() throws {
    let plan = Self.plan(
      """
        - {id: a, on_conflict: adopt, file: {path: a.txt, content: new}}
        - {id: b, on_conflict: overwrite, file: {path: b.txt, content: new}}
        - {id: c, file: {path: c.txt, content: new}}
      """)
    try withRunProject(plan) { project in
      for name in ["a.txt", "b.txt"] { try project.folder.write(name, "old") }
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(["a.txt", "b.txt", "c.txt"].map { project.folder.read($0) } == ["old", "new", "new"])
      #expect(
        try project.run("status", "p.execplan.yaml", "--format", "json").stdout.contains(
          #""choice":"adopt","by":"plan""#))
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(project.folder.read("a.txt") == "old")
    }
  }

  @Test func whatAStepLeftThatFailedIsThePlans() throws {
    let plan = Self.plan("  - {id: conf, file: {path: a.txt, content: one}, verify: [\"grep -q two a.txt\"]}")
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 1)
      #expect(project.folder.read("a.txt") == "one")
      try project.write(plan.replacingOccurrences(of: "content: one", with: "content: two"))
      let applied = try project.run("apply")
      #expect(applied.exit == 0, "\(applied)")
      #expect(project.folder.read("a.txt") == "two")
    }
  }

  @Test func outputsThatAreThereBeforeTheFirstRunClash() throws {
    let plan = Self.plan(
      """
        - {id: make, outputs: [out.txt, logs/*.log], run: "echo make >> $OUT/ledger; echo mine > out.txt; mkdir -p logs; echo l > logs/a.log"}
        - {id: guarded, creates: other.txt, outputs: [other.txt], run: "echo other > other.txt"}
        - {id: inplace, inputs: [data.txt], outputs: [data.txt], run: "echo more >> data.txt"}
        - {id: edits, needs: [make], edit: {path: out.txt, line: more}}
      """, "strategy: brownfield\n")
    try withRunProject(plan) { project in
      for name in ["out.txt", "other.txt", "data.txt", "logs/old.log"] { try project.folder.write(name, "old\n") }
      let refused = try project.run("apply")
      #expect(refused.exit == 5, "\(refused)")
      #expect(
        refused.stderr.hasPrefix("error: \"make\": \"out.txt\" is there, and no run of this plan made it\n  overwrite"),
        "\(refused)")
      #expect(project.ledger.isEmpty)
      #expect(try project.run("apply", "-q", "--on-conflict", "overwrite").exit == 0)
      #expect(project.ledger == ["make"] && project.folder.read("out.txt") == "mine\nmore\n")
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(project.ledger == ["make", "make"])
    }
    try withRunProject(plan) { project in
      try project.folder.write("out.txt", "old\n")
      // The logs are not there, so that the step is not done.
      let refused = try project.run("apply", "--on-conflict", "adopt")
      #expect(
        refused.exit == 5 && refused.stderr.contains("it can't be adopted: \"logs/*.log\" is not there"), "\(refused)")
      try project.folder.write("logs/old.log", "old\n")
      #expect(try project.run("apply", "-q", "--on-conflict", "adopt").exit == 0)
      #expect(project.ledger.isEmpty && project.folder.read("out.txt") == "old\nmore\n")
    }
  }

  /// What a program makes may be there from another checkout or a build by hand.
  @Test func aProgramMakesItsOutputsAnewUnlessThePlanHasAStrategy() throws {
    try withRunProject(Self.plan("  - {id: make, outputs: [out.txt], run: echo mine > out.txt}")) { project in
      try project.folder.write("out.txt", "old\n")
      #expect(try project.run("plan").stdout.contains("1 to run"))
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(project.folder.read("out.txt") == "mine\n")
    }
    try withRunProject(
      Self.plan("  - {id: make, outputs: [out.txt], on_conflict: stop, run: echo mine > out.txt}")
    ) { project in
      try project.folder.write("out.txt", "old\n")
      #expect(try project.run("apply", "-q").exit == 5)
      #expect(project.folder.read("out.txt") == "old\n")
    }
  }

  @Test func aStepThatFailedMayRunAgainOverWhatItLeft() throws {
    let plan = Self.plan(
      "  - {id: make, outputs: [out.txt], run: \"echo x > out.txt; test -e ready\"}", "strategy: brownfield\n")
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 1)
      try project.folder.write("ready", "")
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(try project.run("apply", "-q", "--fresh").exit == 0)
    }
  }

  @Test func whatIsOfAnotherKindMustBeMovedByHand() throws {
    let plan = Self.plan(
      """
        - {id: file, file: {path: conf, content: x}}
        - {id: folder, file: {path: data, directory: true}}
        - {id: below, file: {path: note/a.txt, content: x}}
      """)
    try withRunProject(plan) { project in
      try project.folder.write("conf/x", "")
      try project.folder.write("data", "")
      try project.folder.write("note", "")
      let refused = try project.run("apply", "--on-conflict", "overwrite")
      #expect(refused.exit == 5, "\(refused)")
      for text in [
        "\"conf\" is a folder, and the step makes a file", "\"data\" is a file, and the step makes a folder",
        "\"note\" is a file, and the step needs a folder", "move what is in the way",
      ] { #expect(refused.stderr.contains(text), "\(refused)") }
    }
  }

  @Test func whatAppearsWhileTheRunGoesOnIsItsOwn() throws {
    let plan = Self.plan(
      """
        - {id: make, run: "echo draft > a.txt"}
        - {id: conf, needs: [make], file: {path: a.txt, content: final}}
      """)
    try withRunProject(plan) { project in
      let applied = try project.run("apply")
      #expect(applied.exit == 0, "\(applied)")
      #expect(project.folder.read("a.txt") == "final")
    }
  }

  @Test func aSavedPlanKeepsTheAnswer() throws {
    try withRunProject(Self.conf) { project in
      try project.folder.write("etc/app.conf", "old")
      #expect(try project.run("plan", "-q", "--out", "stop.saved").exit == 0)
      #expect(try project.run("apply", "stop.saved").exit == 5)
      #expect(try project.run("plan", "-q", "--on-conflict", "overwrite", "--out", "go.saved").exit == 0)
      let applied = try project.run("apply", "go.saved")
      #expect(applied.exit == 0, "\(applied)")
      #expect(project.folder.read("etc/app.conf") == "port = 80\n")
    }
  }

  /// What such plans create must not count as done because somebody else's file is there.
  @Test func plansOfActionsNameWhatIsThereAlready() throws {
    let plan = """
      {"strategy": "brownfield", "actions": [
        {"step_id": 1, "type": "create_model", "name": "orders", "file_path": "models/orders.sql", "description": "d"},
        {"step_id": 2, "type": "modify_model", "name": "users", "file_path": "models/users.sql", "description": "d"}]}
      """
    try withRunProject("") { project in
      try project.folder.write("plan.json", plan)
      for name in ["orders", "users"] { try project.folder.write("models/\(name).sql", "select 1") }
      let planned = try project.run("plan", "plan.json")
      #expect(planned.stdout.contains("\"models/orders.sql\" is there, and no run of this plan made it"), "\(planned)")
      #expect(planned.stdout.contains("1 waiting for a person, 1 in conflict"), "\(planned)")
      #expect(try project.run("apply", "plan.json").exit == 5)
      #expect(try project.run("apply", "plan.json", "-q", "--on-conflict", "adopt").exit == 4)
      #expect(try project.query("select step from checkpoints where outcome = 'adopted'") == "orders")
    }
  }

  // MARK: At the terminal

  /// Answers each question on a terminal with a line, and prints what the program said.
  private static let answering = """
    import os, pty, sys
    answers, program = sys.argv[1].split(","), sys.argv[2:]
    pid, master = pty.fork()
    if pid == 0:
        os.execv(program[0], program)
    said = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
        if said.endswith(b"] ") and answers:
            answer = answers.pop(0)
            os.write(master, b"\\x03" if answer == "^C" else answer.encode() + b"\\n")
            said += b"\\n"
    sys.stdout.write(said.decode().replace("\\r\\n", "\\n"))
    print("exit", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

    """

  private func answer(_ project: RunProject, _ answers: String, _ arguments: String...) throws -> String {
    try project.outside.write("answering.py", Self.answering)
    let result = try Execplan.runOther(
      "/usr/bin/env",
      ["python3", project.outside.path("answering.py"), answers, Execplan.binary, "apply", "--color", "never"]
        + arguments,
      in: project.folder)
    return result.stdout + result.stderr
  }

  private static let two = plan(
    """
      - {id: a, file: {path: a.txt, content: "new\\n"}}
      - {id: b, file: {path: b.txt, content: "new\\n"}}
    """)

  @Test(arguments: [
    ("o,a", 0, "new\n", "old\n"), ("O", 0, "new\n", "new\n"), ("A", 0, "old\n", "old\n"), ("o,", 5, "old\n", "old\n"),
    ("s", 5, "old\n", "old\n"), ("^C", -2, "old\n", "old\n"),
  ])
  func somebodyAtTheTerminalIsAsked(_ answers: String, _ exit: Int, _ a: String, _ b: String) throws {
    try withRunProject(Self.two) { project in
      for name in ["a.txt", "b.txt"] { try project.folder.write(name, "old\n") }
      let said = try answer(project, answers)
      #expect(said.contains("\"a\": \"a.txt\" is there, and no run of this plan made it"), "\(said)")
      #expect(
        said.contains("-old\n+new\n") && said.contains("(a)dopt it as it is, (o)verwrite it, or (s)top"), "\(said)")
      #expect(said.hasSuffix("exit \(exit)\n"), "\(said)")
      #expect(project.folder.read("a.txt") == a && project.folder.read("b.txt") == b, "\(said)")
      guard exit == 0 else { return }
      #expect(try project.query("select conflicts like '%\"by\":\"prompt\"%' from runs") == "1")
    }
  }

  @Test(arguments: ["--no-input", "--on-conflict=stop"])
  func whoDoesNotWantToBeAskedIsNot(_ option: String) throws {
    try withRunProject(Self.two) { project in
      try project.folder.write("a.txt", "old\n")
      let said = try answer(project, "o", option)
      #expect(!said.contains("(a)dopt") && said.hasSuffix("exit 5\n"), "\(said)")
    }
  }

  /// What was answered holds for the run, also when it is gone on with.
  @Test func anAnswerIsRememberedByTheRun() throws {
    let plan = Self.plan(
      """
        - {id: stop, run: "test -e ready"}
        - {id: a, needs: [stop], file: {path: a.txt, content: new}}
      """)
    try withRunProject(plan) { project in
      try project.folder.write("a.txt", "old")
      #expect(try project.run("apply", "-q", "--on-conflict", "overwrite").exit == 1)
      try project.folder.write("ready", "")
      let applied = try project.run("apply")
      #expect(applied.exit == 0, "\(applied)")
      #expect(project.folder.read("a.txt") == "new")
    }
  }

  // MARK: What an answer is about

  @Test func anAnswerIsNotOneAboutAnotherFile() throws {
    let plan = Self.plan(
      "  - {id: conf, file: {path: etc/a.conf, content: \"new\\n\"}, verify: [\"test -e ready\"]}")
    try withRunProject(plan) { project in
      for name in ["a", "b"] { try project.folder.write("etc/\(name).conf", "old\n") }
      #expect(try project.run("apply", "-q", "--on-conflict", "overwrite").exit == 1)
      try project.write(plan.replacingOccurrences(of: "a.conf", with: "b.conf"))
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 5, "\(resumed)")
      #expect(resumed.stderr.contains("\"etc/b.conf\" is there, and no run of this plan made it"), "\(resumed)")
      #expect(project.folder.read("etc/b.conf") == "old\n")
    }
  }

  @Test(arguments: [["--rerun-changed"], ["--rerun", "gen"]])
  func whatWasAdoptedIsNotAdoptedForAnotherDefinition(_ options: [String]) throws {
    let plan = Self.plan(
      """
        - {id: gen, outputs: [gen.txt], on_conflict: stop, run: echo one > gen.txt}
        - {id: stop, needs: [gen], run: "false"}
      """)
    try withRunProject(plan) { project in
      try project.folder.write("gen.txt", "old\n")
      #expect(try project.run("apply", "-q", "--on-conflict", "adopt").exit == 1)
      if options == ["--rerun-changed"] { try project.write(plan.replacingOccurrences(of: "one", with: "two")) }
      let again = try Execplan.run(["apply"] + options, in: project.folder)
      #expect(again.exit == 5, "\(again)")
      #expect(again.stderr.contains("\"gen.txt\" is there, and no run of this plan made it"), "\(again)")
      #expect(project.folder.read("gen.txt") == "old\n")
    }
  }

  @Test func whatCantBeKeptIsNotPromised() throws {
    let plan = Self.plan(
      "  - {id: conf, file: {path: a.conf, content: new}}", "secrets: {token: {file: token}}\n")
    try withRunProject(plan) { project in
      try project.folder.write("token", "a-long-secret-value")
      try project.folder.write("a.conf", "key = a-long-secret-value\n")
      let refused = try project.run("apply")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("; it can't be kept: it holds the secret \"token\""), "\(refused)")
      #expect(!refused.stderr.contains("is kept in the state directory"), "\(refused)")
    }
  }

  @Test func aStepOfAnotherNameDoesNotOwnWhatSomebodyChanged() throws {
    let plan = Self.plan("  - {id: conf, file: {path: a.conf, content: \"one\\n\"}}")
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      let renamed = plan.replacingOccurrences(of: "id: conf", with: "id: settings")
      try project.write(renamed.replacingOccurrences(of: "one", with: "two"))
      #expect(try project.run("plan").stdout.contains("1 to run"))
      try project.folder.write("a.conf", "mine\n")
      let refused = try project.run("apply")
      #expect(refused.exit == 5, "\(refused)")
      #expect(project.folder.read("a.conf") == "mine\n")
    }
  }

  @Test func theCommandsThatSettleItAskForTheSame() throws {
    let plan = Self.plan(
      """
        - {id: a, file: {path: "a ${{ params.env }}.txt", content: "a"}}
        - {id: b, run: "echo ${{ params.env }} >> $OUT/ledger"}
      """, "params: {env: {type: string}}\n")
    try withRunProject(plan) { project in
      try project.folder.write("a x y.txt", "mine")
      let given = "--param 'env=x y' --only a"
      for (command, how) in [(["plan"], ""), (["apply"], ""), (["apply", "--fresh"], "--fresh ")] {
        let refused = try Execplan.run(command + ["-p", "env=x y", "--only", "a"], in: project.folder)
        #expect(refused.stderr.contains("  execplan plan p.execplan.yaml \(given) --diff\n"), "\(refused)")
        for answer in ["overwrite", "adopt"] {
          #expect(
            refused.stderr.contains("  execplan apply p.execplan.yaml \(how)\(given) --on-conflict \(answer)\n"),
            "\(refused)")
        }
      }
      // They work.
      let settled = try project.run(
        "apply", "--fresh", "--param", "env=x y", "--only", "a", "--on-conflict", "overwrite")
      #expect(settled.exit == 0, "\(settled)")
      #expect(project.folder.read("a x y.txt") == "a" && project.ledger.isEmpty)
    }
  }

  @Test func theNextCommandDoesWhatIsShown() throws {
    try withRunProject(Self.two) { project in
      let planned = try project.run("plan", "--only", "a", "--on-conflict", "overwrite")
      #expect(
        planned.stdout.contains("next: execplan apply p.execplan.yaml --only a --on-conflict overwrite\n"),
        "\(planned)")
    }
  }

  @Test func whatStopsAStepLateNamesWhatWasAskedFor() throws {
    let plan = Self.plan(
      """
        - {id: make, inputs: [in.txt], outputs: [from.txt], run: "cp in.txt from.txt"}
        - {id: copy, needs: [make], file: {path: to.txt, source: from.txt}}
        - {id: other, run: "echo other >> $OUT/ledger"}
      """)
    try withRunProject(plan) { project in
      try project.folder.write("in.txt", "new")
      try project.folder.write("to.txt", "old")
      let refused = try project.run("apply", "--until", "copy")
      #expect(refused.exit == 5, "\(refused)")
      let next = "execplan apply p.execplan.yaml --until copy --on-conflict overwrite\n"
      #expect(refused.stdout.contains(next), "\(refused)")
      #expect(try project.run("apply", "-q", "--until", "copy", "--on-conflict", "overwrite").exit == 0)
      #expect(project.folder.read("to.txt") == "new" && project.ledger.isEmpty)
    }
  }

  /// A content that is known only when a step has run is looked at then.
  @Test func whatIsDecidedLateStopsTheStep() throws {
    let plan = Self.plan(
      """
        - {id: make, inputs: [in.txt], outputs: [from.txt], run: "cp in.txt from.txt"}
        - {id: copy, needs: [make], file: {path: to.txt, source: from.txt}}
      """)
    try withRunProject(plan) { project in
      try project.folder.write("in.txt", "new")
      try project.folder.write("to.txt", "old")
      let refused = try project.run("apply")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stdout.contains("execplan apply p.execplan.yaml --on-conflict overwrite\n"), "\(refused)")
      #expect(project.folder.read("to.txt") == "old")
      #expect(try project.run("apply", "-q", "--on-conflict", "overwrite").exit == 0)
      #expect(project.folder.read("to.txt") == "new")
    }
  }
}
