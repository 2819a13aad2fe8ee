internal import Foundation
internal import TestSupport
internal import Testing

/// What nobody knows, and what comes after a rollback.
struct RunRollbackDoubtTests {
  private static let hasPoints = ProcessInfo.processInfo.environment["EXECPLAN_BINARY"] == nil

  private func steps(_ undo: String) -> String {
    RunRollbackTests.plan(
      """
        - {id: a, file: {path: a.txt, content: a}}
        - {id: b, run: "sh $OUT/mark.sh b; sh $OUT/block.sh", undo: \(undo)}
      """)
  }

  @Test func aStepInDoubtIsDecidedFirst() throws {
    try withRunProject(steps("\"sh $OUT/mark.sh undone\"")) { project in
      #expect(try project.killDuringApply())
      let refused = try project.run("rollback", "--yes")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("and its undo does not say \"partial: true\""), "\(refused)")
      #expect(refused.stderr.contains("  execplan resolve p.execplan.yaml b --as failed\n"), "\(refused)")
      #expect(project.folder.read("a.txt") == "a")
      #expect(try project.run("resolve", "back", "b", "--as", "failed").exit == 0)
      let result = try project.run("rollback", "--yes")
      #expect(result.exit == 0, "\(result)")
      // It failed, so its undo is not for it.
      #expect(project.ledger == ["b"] && project.folder.read("a.txt") == nil)
    }
  }

  @Test func anUndoOfPartsTakesBackWhatIsInDoubt() throws {
    try withRunProject(steps("{run: \"sh $OUT/mark.sh undone\", partial: true}")) { project in
      #expect(try project.killDuringApply())
      let result = try project.run("rollback", "--yes")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["b", "undone"] && project.folder.read("a.txt") == nil)
      #expect(try project.query("select state from attempts where step = 'b'") == "cancelled")
      #expect(try project.query("select count(*) from attempts where state in ('claimed', 'in_doubt')") == "0")
    }
  }

  @Test func anUndoInDoubtIsDecidedByAPerson() throws {
    let plan = RunRollbackTests.plan(
      """
        - {id: a, file: {path: a.txt, content: a}}
        - {id: b, run: "sh $OUT/mark.sh b", undo: "sh $OUT/mark.sh undone; sh $OUT/block.sh"}
      """)
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      let program = try project.start("rollback", "--yes")
      let group = try #require(project.waitForBlock(of: program))
      program.send(signal: SIGKILL)
      _ = program.wait()
      let orphan = try project.run("rollback", "--yes")
      #expect(orphan.exit == 6 && orphan.stderr.contains("undo:b"), "\(orphan)")
      kill(-group, SIGKILL)
      try waitUntil { !RunProject.isAlive(group: group) }
      let refused = try project.run("rollback", "--yes")
      #expect(refused.exit == 5, "\(refused)")
      #expect(refused.stderr.contains("  execplan resolve p.execplan.yaml undo:b --as done\n"), "\(refused)")
      let status = try project.run("status", "back")
      #expect(status.stdout.contains("execplan resolve back undo:b"), "\(status)")
      let resolved = try project.run("resolve", "back", "undo:b", "--as", "done")
      #expect(resolved.exit == 0 && resolved.stderr.contains("next: execplan rollback back\n"), "\(resolved)")
      let result = try project.run("rollback", "--yes")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["b", "undone"] && project.folder.read("a.txt") == nil)
      #expect(try project.query("select state from runs; pragma integrity_check") == "rolled_back\nok")
      #expect(try project.run("doctor").stdout.contains("undo:") == false)
    }
  }

  @Test func aFailedUndoIsTriedAgain() throws {
    let plan = RunRollbackTests.plan(
      """
        - {id: a, file: {path: a.txt, content: a}}
        - {id: b, run: "true", undo: "echo no >&2; test -e ready"}
        - {id: c, file: {path: c.txt, content: c}}
      """)
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      let failed = try project.run("rollback", "--yes")
      #expect(failed.exit == 1 && failed.stdout.contains("failed: undo:b: exit 1"), "\(failed)")
      #expect(failed.stdout.contains("blocked: undo:a (because of \"undo:b\")"), "\(failed)")
      #expect(failed.stdout.contains("next: execplan logs p.execplan.yaml undo:b\n"), "\(failed)")
      #expect(try project.run("logs", "back", "undo:b").stdout == "no\n")
      #expect(project.folder.read("c.txt") == nil && project.folder.read("a.txt") == "a")
      let status = try project.run("status", "back")
      #expect(status.stdout.contains("next: execplan rollback back\n"), "\(status)")
      #expect(status.stdout.contains("undo:b"), "\(status)")
      try project.folder.write("ready", "")
      let done = try project.run("rollback", "--yes")
      #expect(done.exit == 0, "\(done)")
      #expect(done.stderr.hasPrefix("going on with the rollback of run 1: 2 steps left\n"), "\(done)")
      #expect(project.folder.read("a.txt") == nil)
    }
  }

  /// `--fresh` gives the run up that is taken back by half.
  @Test func aFreshRunMayFollow() throws {
    let plan = RunRollbackTests.plan(
      """
        - {id: a, run: "sh $OUT/mark.sh a", undo: "exit 1"}
        - {id: b, file: {path: b.txt, content: b}}
      """)
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 0)
      let failed = try project.run("rollback", "--yes")
      #expect(failed.exit == 1, "\(failed)")
      #expect(try project.run("apply", "--resume").exit == 5)
      #expect(try project.run("apply", "-q", "--fresh").exit == 0)
      #expect(project.folder.read("b.txt") == "b")
      #expect(project.ledger == ["a", "a"])
      #expect(try project.query("select state from runs order by id") == "abandoned\nsucceeded")
    }
  }

  @Test func theStateIsWhatItWas() throws {
    let plan = RunRollbackTests.plan(
      """
        - id: a
          run: "echo mark=$1 >> $EXECPLAN_STATE"
          undo: "echo ${{ default(state.mark, '') }} > undone"
      """)
    try withRunProject(plan) { project in
      for (number, rest) in [("1", ""), ("2", "1")] {
        try project.write(plan.replacingOccurrences(of: "$1", with: number))
        #expect(try project.run("apply", "-q").exit == 0)
        #expect(try project.query("select value from state") == "\"\(number)\"")
        #expect(try project.run("rollback", "--yes").exit == 0)
        #expect(try project.query("select value from state") == (rest.isEmpty ? "" : "\"\(rest)\""))
        #expect(project.folder.read("undone") == rest + "\n")
        #expect(try project.run("apply", "-q").exit == 0)
      }
      // Somebody else changed it since.
      _ = try project.query("update state set value = '\"9\"'")
      let refused = try project.run("rollback", "--yes")
      #expect(
        refused.exit == 5 && refused.stderr.contains("the state \"mark\" of the plan was changed since"), "\(refused)")
    }
  }

  @Test func whatWasTakenBackIsNoEvidence() throws {
    let plan = RunRollbackTests.plan(
      """
        - {id: a, inputs: [in.txt], outputs: [out.txt], run: "sh $OUT/mark.sh a; cp in.txt out.txt", undo: {run: "true"}}
        - {id: once, once: true, run: "sh $OUT/mark.sh once", undo: none}
        - {id: made, creates: [out.txt], run: "sh $OUT/mark.sh made", undo: none}
      """)
    try withRunProject(plan) { project in
      try project.folder.write("in.txt", "1")
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(project.ledger == ["a", "once", "made"] || project.ledger == ["a", "once"])
      try project.folder.write("in.txt", "2")
      let count = project.ledger.count
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(project.ledger.count == count + 1)
      #expect(try project.run("rollback", "--yes").exit == 0)
      // Its undo did nothing, and all looks as it did; but it counts as undone.
      #expect(try project.run("apply", "-q").exit == 0)
      #expect(project.ledger.count == count + 2)
    }
  }

  @Test func aTransactionRunsAgainAfterItsUndo() throws {
    let plan = RunRollbackTests.plan(
      """
        - {id: first, run: "true", undo: none}
        - id: rows
          sql: {database: "sqlite:w.db", script: "insert into t values (1)", exactly_once: true}
          undo: {sql: {database: "sqlite:w.db", script: "delete from t", exactly_once: true}}
      """)
    try withRunProject(plan) { project in
      _ = try project.query("create table t(v)", in: "w.db")
      #expect(try project.run("apply", "-q").exit == 0)
      for _ in 0..<2 {
        #expect(try project.run("rollback", "--yes", "--to", "first").exit == 0)
        #expect(try project.query("select count(*) from t", in: "w.db") == "0")
        #expect(try project.run("apply", "-q").exit == 0)
        #expect(try project.query("select count(*) from t", in: "w.db") == "1")
      }
      #expect(try project.query("select count(*), max(generation) from attempts where step = 'rows'") == "3|2")
    }
  }

  @Test func aProgramOfAnActionTakesItsWorkBack() throws {
    let steps = "  - {id: x, uses: thing, with: {a: 1}}\n"
    try ExternalAction.with(steps, describes: #""idempotence": "declared", "undo": true"#) { action in
      try action.project.folder.write(
        "tools/execplan-action-thing.json", #"{"protocol": 1, "idempotence": "declared", "undo": true}"#)
      #expect(try action.project.run("apply", "-q").exit == 0)
      let result = try action.project.run("rollback", "--yes")
      #expect(result.exit == 0, "\(result)")
      #expect(action.calls.last == "undo", "\(action.calls)")
      #expect(action.project.outside.read("effect") == nil)
      #expect((try action.request("undo")["with"] as? [String: Any])?["a"] as? Int == 1)
    }
  }

  private static let terminal = """
    import os, pty, sys
    answer, program = sys.argv[1], sys.argv[2:]
    pid, master = pty.fork()
    if pid == 0:
        os.execv(program[0], program)
    seen = b""
    try:
        while True:
            piece = os.read(master, 65536)
            if not piece:
                break
            seen += piece
            if b"[y/N] " in seen:
                os.write(master, answer.encode() + b"\\n")
                answer = ""
                seen = seen.replace(b"[y/N] ", b"")
    except OSError:
        pass
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    print(seen.decode(errors="replace"))

    """

  @Test func onATerminalItAsks() throws {
    let plan = RunRollbackTests.plan("  - {id: a, file: {path: a.txt, content: a}}")
    try withRunProject(plan) { project in
      try project.outside.write("terminal.py", Self.terminal)
      #expect(try project.run("apply", "-q").exit == 0)
      let silent = try project.run("rollback", "--no-input")
      #expect(silent.exit == 4 && silent.stderr.contains("execplan rollback p.execplan.yaml --yes\n"), "\(silent)")
      for (answer, isThere) in [("n", true), ("", true), ("y", false)] {
        let result = try Execplan.runOther(
          "/usr/bin/env", ["python3", project.outside.path("terminal.py"), answer, Execplan.binary, "rollback"],
          in: project.folder)
        #expect(result.stdout.hasPrefix("0\n") && result.stdout.contains("undo:a"), "\(result)")
        #expect((project.folder.read("a.txt") != nil) == isThere)
      }
      #expect(
        try project.query("select json_extract(payload, '$.agreed') from events where kind = 'rollback'") == "terminal")
    }
  }

  @Test func ticksOfProgressGoAway() throws {
    let plan = """
      ---
      execplan: 1
      id: back
      write_back: true
      ---

      # Back

      ## Progress

      - [ ] `a`: make it

      ## Concrete Steps

      ### Step `a`: Make it

      Action: `file`

      ```yaml
      path: a.txt
      content: a
      ```

      """
    try withRunProject("execplan: 1\ntitle: Other\nsteps:\n  - {id: x, run: \"true\"}\n") { project in
      try project.folder.write("plan.md", plan)
      let applied = try project.run("apply", "plan.md", "-q")
      #expect(applied.exit == 0, "\(applied)")
      #expect(project.folder.read("plan.md")?.contains("- [x] ") == true)
      let result = try project.run("rollback", "plan.md", "--yes")
      #expect(result.exit == 0, "\(result)")
      #expect(project.folder.read("plan.md")?.contains("- [ ] ") == true, "\(project.folder.read("plan.md") ?? "")")
    }
  }

  @Test func whatWaitsForSomebodyWaitsNoMore() throws {
    let plan = RunRollbackTests.plan(
      """
        - {id: a, file: {path: a.txt, content: a}}
        - {id: ask, agent: {prompt: Write it, prompt_to: PROMPT.md, artifacts: [note.md]}}
      """)
    try withRunProject(plan) { project in
      #expect(try project.run("apply", "-q").exit == 4)
      #expect(project.folder.read("PROMPT.md") != nil)
      let result = try project.run("rollback", "--yes")
      #expect(result.exit == 0, "\(result)")
      #expect(project.folder.read("PROMPT.md") == nil && project.folder.read("a.txt") == nil)
      let status = try project.run("status", "back")
      #expect(!status.stdout.contains("waiting") && !status.stdout.contains("next:"), "\(status)")
    }
  }

  /// What a failed download left of folders goes, too.
  @Test func aFetchedFileIsTakenBack() throws {
    let plan = RunRollbackTests.plan(
      """
        - {id: fetch, fetch: {url: "$URL/a", path: new/deep/a.txt}}
        - {id: again, fetch: {url: "$URL/a", path: there.txt}}
        - {id: never, allow_failure: true, fetch: {url: "$URL/missing", path: other/a.txt}}
      """)
    try withWebServer { server in
      try server.folder.write("a", "got")
      try withRunProject(plan.replacingOccurrences(of: "$URL", with: server.url)) { project in
        try project.folder.write("there.txt", "before")
        _ = try project.run("apply", "-q")
        #expect(project.folder.read("there.txt") != "before")
        let result = try project.run("rollback", "--yes")
        #expect(result.exit == 0, "\(result)")
        #expect(project.folder.read("there.txt") == "before")
        for path in ["new", "other"] { #expect(!FileManager.default.fileExists(atPath: project.folder.path(path))) }
      }
    }
  }
}
