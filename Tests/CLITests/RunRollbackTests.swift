internal import Foundation
internal import TestSupport
internal import Testing

/// `rollback` brings back what was there before a run, step by step, whatever comes between.
struct RunRollbackTests {
  static func plan(_ steps: String, _ more: String = "order: listed") -> String {
    "execplan: 1\ntitle: Back\nid: back\ndefaults: {on_conflict: overwrite}\n\(more)\nsteps:\n\(steps)\n"
  }

  static let nine = plan(
    """
      - {id: keep, file: {path: keep.txt, content: "new\\n", mode: "0600"}}
      - {id: line, edit: {path: conf.ini, line: "debug = 1"}}
      - {id: link, file: {path: current, link: releases/2}}
      - {id: out, run: "mkdir out; echo x > out/r", undo: {run: "rm -rf out", idempotent: true}}
      - id: rows
        sql: {database: "sqlite:data.db", script: "insert into t values (2)"}
        undo: {sql: {database: "sqlite:data.db", script: "delete from t where v = 2"}, idempotent: true}
      - {id: deep, file: {path: a/b/c.txt, content: deep}}
      - {id: port, edit: {path: conf.ini, replace: {pattern: "^port = .*$", with: "port = 81"}}}
      - id: note
        agent: {prompt: "Write a note", artifacts: [note.md], command: [sh, -c, "cat > note.md"]}
        undo: {file: {path: note.md, absent: true}}
      - {id: gone, file: {path: gone.txt, absent: true}}
    """)

  /// Every path with its kind, mode, target and content; the database by its rows.
  static func tree(_ project: RunProject) throws -> String {
    let script = """
      find . -path ./.execplan -prune -o -path ./p.execplan.yaml -prune -o -path ./data.db -prune \
        -o -printf '%P %y %m %l\\n' | sort
      find . -path ./.execplan -prune -o -path ./data.db -prune -o -type f -print | sort | xargs sha256sum
      sqlite3 data.db .dump
      """
    return try Execplan.runOther("/bin/sh", ["-c", script], in: project.folder).stdout
  }

  static func furnish(_ project: RunProject) throws {
    try project.folder.write("keep.txt", "old\n")
    try project.folder.write("conf.ini", "port = 80\n")
    try project.folder.write("gone.txt", "still here\n")
    let script = """
      chmod 640 keep.txt; chmod 444 gone.txt; mkdir -p empty releases/1 releases/2; ln -s releases/1 current
      sqlite3 data.db 'create table t(v); insert into t values (1)'
      """
    _ = try Execplan.runOther("/bin/sh", ["-c", script], in: project.folder)
  }

  private static let hasPoints = ProcessInfo.processInfo.environment["EXECPLAN_BINARY"] == nil

  @Test(
    .enabled(if: hasPoints, "release builds have no points"),
    arguments: [
      ("afterAction", "afterExit"), ("fileRenamed", "beforeLaunch:2"), ("beforeEndCommit:3", "afterEndCommit:2"),
      ("fileWritten:2", "inClaimCommit"), ("afterBeginCommit", "beforeFinishCommit"),
      ("inEndCommit:8", "afterFinishCommit"),
    ])
  func nineStepsKilledTwiceEndAsTheyBegan(_ first: String, _ second: String) throws {
    try withRunProject(Self.nine) { project in
      try Self.furnish(project)
      let before = try Self.tree(project)
      let applied = try project.run("apply", "-q")
      #expect(applied.exit == 0, "\(applied)")
      #expect(try Self.tree(project) != before)
      for fault in [first, second] {
        let killed = try project.run("rollback", "--yes", env: ["EXECPLAN_FAULT": fault])
        #expect(killed.exit == 137, "\(killed)")
      }
      let last = try project.run("rollback", "--yes")
      #expect(last.exit == 0, "\(last)")
      #expect(try Self.tree(project) == before)
      #expect(try project.query("select state from runs; pragma integrity_check") == "rolled_back\nok")
      #expect(try project.query("select count(*) from checkpoints where superseded = 0") == "0")
      let again = try project.run("rollback", "--yes")
      #expect(again.exit == 0 && again.stderr == "run 1 is rolled back already\n", "\(again)")
    }
  }

  /// A step was to run again, and execplan died before it did: what came after it is taken back with what it gave then.
  @Test func valuesOfAStepThatWasToRunAgainAreKnown() throws {
    let plan = """
      execplan: 1
      title: Values
      id: values
      steps:
        - {id: name, idempotent: true, undo: none, run: echo v=made >> $EXECPLAN_OUTPUT}
        - id: make
          needs: [name]
          env: {NAME: "${{ steps.name.values.v }}"}
          run: touch $OUT/$NAME
          undo: rm $OUT/$NAME
        - {id: stop, needs: [make], run: "false"}

      """
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 1)
      #expect(project.outside.read("made") != nil)
      let killed = try project.run(
        "apply", "-q", "--resume", "--rerun", "name", env: ["EXECPLAN_FAULT": "afterBeginCommit"])
      #expect(killed.exit == 137, "\(killed)")
      #expect(try project.query("select count(*) from checkpoints where step = 'name' and superseded = 0") == "0")
      let back = try project.run("rollback", "--yes", "--past-irreversible")
      #expect(back.exit == 0 && project.outside.read("made") == nil, "\(back)")
    }
  }

  @Test func everythingIsToldInTheOrderOfUndoing() throws {
    try withRunProject(Self.nine) { project in
      try Self.furnish(project)
      #expect(try project.run("apply", "-q").exit == 0)
      let shown = try project.run("rollback", "--dry-run")
      #expect(shown.exit == 0 && shown.stdout.contains("9 to run"), "\(shown)")
      let order = ["gone", "note", "port", "deep", "rows", "out", "link", "line", "keep"].map { "undo:\($0)" }
      let json = try project.run("rollback", "-n", "--format", "json")
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) as? [String: Any])
      let steps = try #require(object["steps"] as? [[String: Any]])
      #expect(steps.map { $0["id"] as? String } == order)
      #expect(steps.map { $0["action"] as? String }.prefix(2) == ["restore", "file"])
      #expect(object["next_command"] as? String == "execplan rollback p.execplan.yaml")

      let done = try project.run("rollback", "--events", "-")
      #expect(done.exit == 0, "\(done)")
      let events = done.stdout.split(separator: "\n").compactMap {
        try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      }
      #expect(events.dropFirst().first?["type"] as? String == "rollback")
      #expect(events.dropFirst().first?["agreed"] as? String == "no terminal")
      let finished = events.filter { $0["type"] as? String == "step_finished" }
      #expect(finished.map { $0["step_id"] as? String } == order)
      #expect(events.last?["state"] as? String == "rolled_back")
      let status = try project.run("status", "back", "--format", "json")
      let view = try #require(try JSONSerialization.jsonObject(with: Data(status.stdout.utf8)) as? [String: Any])
      let states = try #require(view["steps"] as? [[String: Any]]).map { $0["state"] as? String }
      #expect(states == Array(repeating: "rolled_back", count: 9))
      #expect((view["run"] as? [String: Any])?["state"] as? String == "rolled_back")
      // A new run starts from nothing.
      let anew = try project.run("apply", "-q")
      #expect(anew.exit == 0, "\(anew)")
      #expect(project.folder.read("a/b/c.txt") == "deep")
    }
  }

  @Test func whatSomebodyChangedSinceIsNotReplaced() throws {
    let plan = Self.plan(
      "  - {id: first, file: {path: a.txt, content: \"one\\n\"}}\n  - {id: last, file: {path: b.txt, content: \"two\\n\"}}"
    )
    try withRunProject(plan) { project in
      try project.folder.write("a.txt", "mine\n")
      #expect(try project.run("apply", "-q").exit == 0)
      try project.folder.write("a.txt", "one\nand more\n")
      let refused = try project.run("rollback", "--yes")
      #expect(refused.exit == 5, "\(refused)")
      #expect(
        refused.stderr.contains("error: \"first\": \"a.txt\" was changed by somebody else since, and would be lost\n"),
        "\(refused)")
      #expect(refused.stderr.contains("-one\n-and more\n+mine\n"), "\(refused)")
      #expect(refused.stderr.contains("execplan rollback p.execplan.yaml --overwrite\n"), "\(refused)")
      #expect(project.folder.read("b.txt") == "two\n")
      let shown = try project.run("rollback", "-n")
      #expect(shown.exit == 0 && shown.stdout.contains("+mine") && shown.stdout.contains("1 blocked"), "\(shown)")

      #expect(try project.run("rollback", "--yes", "--overwrite").exit == 0)
      #expect(project.folder.read("a.txt") == "mine\n" && project.folder.read("b.txt") == nil)
    }
  }

  /// An undo of the plan might have brought the file back, so it is looked at when its turn comes.
  @Test func aChangeBehindAnUndoIsSeenInItsTurn() throws {
    let plan = Self.plan(
      """
        - {id: first, file: {path: a.txt, content: one}}
        - {id: last, run: "echo more >> a.txt", undo: {run: "$UNDO", idempotent: true}}
      """)
    for (undo, code) in [("printf one > a.txt", 0), ("true", 1)] {
      try withRunProject(plan.replacingOccurrences(of: "$UNDO", with: undo)) { project in
        #expect(try project.run("apply", "-q").exit == 0)
        let result = try project.run("rollback", "--yes")
        #expect(Int(result.exit) == code, "\(result)")
        #expect((project.folder.read("a.txt") == nil) == (code == 0))
        if code == 1 {
          #expect(result.stdout.contains("failed: undo:first: \"a.txt\" was changed by somebody else"), "\(result)")
          #expect(result.stdout.contains("execplan rollback p.execplan.yaml"), "\(result)")
          let refused = try project.run("apply")
          #expect(refused.exit == 5, "\(refused)")
          #expect(refused.stderr.contains("run 1 is being rolled back, and that was cut off"), "\(refused)")
          #expect(refused.stderr.contains("  execplan rollback p.execplan.yaml\n"), "\(refused)")
          try project.folder.write("a.txt", "one")
          #expect(try project.run("rollback", "--yes").exit == 0)
          #expect(project.folder.read("a.txt") == nil)
        }
      }
    }
  }

  @Test func whatNothingTakesBackIsNamed() throws {
    let plan = Self.plan(
      """
        - {id: a, file: {path: a.txt, content: a}}
        - {id: mail, run: "sh $OUT/mark.sh mail"}
        - {id: look, check: [{exists: a.txt}]}
        - {id: plain, run: "true", undo: none}
        - {id: b, file: {path: b.txt, content: b}}
      """)
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      let refused = try project.run("rollback", "--yes")
      #expect(refused.exit == 5, "\(refused)")
      #expect(
        refused.stderr.hasPrefix(
          "error: a step can't be taken back\n  \"mail\": nothing says how it is taken back\n"), "\(refused)")
      #expect(refused.stderr.contains("  execplan rollback p.execplan.yaml --past-irreversible\n"), "\(refused)")
      #expect(refused.stderr.contains("  execplan rollback p.execplan.yaml --to mail\n"), "\(refused)")
      #expect(project.folder.read("b.txt") == "b")

      let partly = try project.run("rollback", "--yes", "--to", "mail")
      #expect(partly.exit == 0 && partly.stdout.contains("execplan apply p.execplan.yaml"), "\(partly)")
      #expect(project.folder.read("b.txt") == nil && project.folder.read("a.txt") == "a")
      #expect(try project.query("select state from runs") == "partial")
      let on = try project.run("apply")
      #expect(on.exit == 0, "\(on)")
      #expect(project.ledger == ["mail"] && project.folder.read("b.txt") == "b")
      #expect(try project.query("select state from runs") == "succeeded")

      let all = try project.run("rollback", "--yes", "--past-irreversible")
      #expect(all.exit == 0 && all.stderr.contains("undo:mail: succeeded"), "\(all)")
      #expect(project.folder.read("a.txt") == nil)
      let status = try project.run("status", "back")
      #expect(status.stdout.contains("passed over by request"), "\(status)")
    }
  }

  @Test func onlyTheLatestRunAndOnlyWhatRan() throws {
    let plan = Self.plan("  - {id: a, file: {path: a.txt, content: a}}\n  - {id: b, file: {path: b.txt, content: b}}")
    try withRunProject(plan) { project in
      let never = try project.run("rollback", "--yes")
      #expect(never.exit == 5 && never.stderr.contains("there is no run of \"back\" to roll back"), "\(never)")
      #expect(try project.run("apply", "-q").exit == 0)
      try FileManager.default.removeItem(atPath: project.folder.path("b.txt"))
      #expect(try project.run("apply", "-q").exit == 0)
      let old = try project.run("rollback", "--yes", "--run", "1")
      #expect(old.exit == 5 && old.stderr.contains("run 1 is not the latest run"), "\(old)")
      for (step, text) in [("a", "\"a\" did not run in run 2"), ("x", "there is no step \"x\" in run 2")] {
        let wrong = try project.run("rollback", "--yes", "--to", step)
        #expect(wrong.exit == 64 && wrong.stderr.contains(text), "\(wrong)")
      }
      let result = try project.run("rollback", "--yes", "--run", "2")
      #expect(result.exit == 0, "\(result)")
      #expect(project.folder.read("a.txt") == "a" && project.folder.read("b.txt") == nil)
    }
  }

  @Test func theStoredDefinitionCounts() throws {
    let plan = Self.plan(
      "  - {id: a, run: \"echo a > a.txt\", undo: {run: \"sh $OUT/mark.sh stored; rm a.txt\"}}")
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      try project.write("this: [is no plan")
      let result = try project.run("rollback", "p.execplan.yaml", "--yes")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["stored"] && project.folder.read("a.txt") == nil)
    }
  }

  @Test func anUndoReadsTheValuesOfItsStep() throws {
    let plan = Self.plan(
      """
        - {id: up, run: "echo name=lake >> $EXECPLAN_OUTPUT", undo: none}
        - id: make
          needs: [up]
          env: {KIND: big}
          run: "echo id=7 >> $EXECPLAN_OUTPUT"
          undo: "echo $KIND $EXECPLAN_STEP_ID ${{ values.id }} ${{ steps.up.values.name }} > said"
      """, "order: graph")
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      let result = try project.run("rollback", "--yes")
      #expect(result.exit == 0, "\(result)")
      #expect(project.folder.read("said") == "big undo:make 7 lake\n")
    }
  }
}
