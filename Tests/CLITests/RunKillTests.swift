internal import Foundation
internal import TestSupport
internal import Testing

/// `kill -9` of execplan alone while step k of 20 runs, for each idempotence class.
struct RunKillTests {
  struct Case: Sendable, CustomStringConvertible {
    let step: Int
    let row: KillRow
    var description: String { "\(step): \(row)" }
  }

  /// Each k from 1 to 20 is met by each class; the rows of a class take turns, so that each is met by some k.
  static let cases: [Case] = KillRow.Class.allCases.flatMap { kind in
    let rows = KillRow.all.filter { $0.kind == kind }
    return (1...20).map { Case(step: $0, row: rows[($0 - 1) % rows.count]) }
  }

  @Test func everyRowIsMetBySomeStepAndEveryStepByEveryClass() {
    #expect(Set(Self.cases.map(\.row.description)) == Set(KillRow.all.map(\.description)))
    for step in 1...20 {
      #expect(Set(Self.cases.filter { $0.step == step }.map(\.row.kind)) == Set(KillRow.Class.allCases))
    }
  }

  @Test(arguments: cases)
  func aKillInAnyStepIsSettledByItsClass(of test: Case) throws {
    let (step, row) = (test.step, test.row)
    try withRunProject(row.plan(step)) { project in
      try project.folder.write("text", "x\n")
      let usesDatabase = row.yaml[0].hasPrefix("sql")
      if usesDatabase { _ = try project.query("create table t (n)", in: "w.db") }
      try #require(try project.killDuringApply("-q"))
      let ran = (1...step).map(String.init)
      #expect(project.ledger == ran)

      let (attempts, marks) = try settle(test, project, ran)
      let after = step < 20 ? ((step + 1)...20).map(String.init) : []
      #expect(project.ledger == ran + [String](repeating: String(step), count: marks) + after)
      let record = try project.query(
        """
        select count(*) from attempts where step = 's\(step)' and state <> 'released';
        select state from runs;
        pragma integrity_check;
        """)
      #expect(record == "\(attempts)\nsucceeded\nok")
      if row.kind == .transactional { #expect(try project.query("select count(*) from t", in: "w.db") == "1") }
      if row.name == "inputs and outputs" {
        #expect(
          try FileManager.default.subpathsOfDirectory(atPath: project.folder.path(".execplan/partial")).count == 2)
      }
    }
  }

  /// Resumes to the end; gives the attempts of the step and how often it wrote into the ledger again.
  private func settle(_ test: Case, _ project: RunProject, _ ran: [String]) throws -> (attempts: Int, marks: Int) {
    let name = "s\(test.step)"
    let resumed = try project.run("apply", "--resume")
    switch test.row.outcome {
    case .again, .done:
      #expect(resumed.exit == 0, "\(resumed)")
      return (test.row.outcome == .again ? 2 : 1, test.row.marks)
    case .failed:
      #expect(resumed.exit == 1, "\(resumed)")
    case .asked:
      #expect(resumed.exit == 5, "\(resumed)")
      for answer in ["done", "failed", "rerun"] {
        #expect(resumed.stderr.contains("\n  execplan resolve p.execplan.yaml \(name) --as \(answer)\n"))
      }
      #expect(project.ledger == ran)
      // Each answer is given for a third of the steps, and the plan is named in each way that there is.
      let answer = ["done", "rerun", "failed"][test.step % 3]
      let words = [["p.execplan.yaml", name], ["twenty", name], [name]][test.step % 3]
      #expect(try Execplan.run(["resolve"] + words + ["--as", answer], in: project.folder).exit == 0)
      if answer != "failed" {
        let last = try project.run("apply", "--resume")
        #expect(last.exit == 0, "\(last)")
        return answer == "done" ? (1, 0) : test.row.rerun
      }
      #expect(try project.run("apply", "--resume").exit == 1)
    }
    // What failed for good, by the plan or a person, is run when somebody asks for it, and only then.
    #expect(project.ledger == ran)
    let last = try project.run("apply", "--resume", "--rerun", name)
    #expect(last.exit == 0, "\(last)")
    return (2, 1)
  }

  /// The transaction is open when execplan dies: the token is not there, so the step runs.
  @Test func aKillBeforeTheCommitOfATransactionRunsItAgain() throws {
    let plan = """
      execplan: 1
      title: Slow
      id: slow
      steps:
        - id: load
          sql:
            database: "sqlite:w.db"
            exactly_once: true
            script: |
              insert into t select count(*) from (
                with recursive c(x) as (select 1 union all select x + 1 from c where x < (select n from size))
                select x from c);

      """
    try withRunProject(plan) { project in
      _ = try project.query("create table t (n); create table size (n); insert into size values (1e12);", in: "w.db")
      let program = try project.start("apply")
      while program.isRunning, !program.stderrSoFar.contains("load: started") { usleep(5_000) }
      program.send(signal: SIGKILL)
      #expect(program.wait().exit == 137)
      _ = try project.query("update size set n = 3", in: "w.db")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(try project.query("select group_concat(n) from t", in: "w.db") == "3")
    }
  }

  @Test func aChangedDefinitionOfAStepInDoubtIsAlwaysAsked() throws {
    let row = KillRow(.declared, "", .asked, "run: LEDGER; BLOCK", "idempotent: true")
    try withRunProject(row.plan(2)) { project in
      try #require(try project.killDuringApply("-q"))
      try project.write(KillRow(.declared, "", .asked, "run: LEDGER", "idempotent: true").plan(2))
      let result = try project.run("apply", "--resume")
      #expect(result.exit == 5)
      #expect(result.stderr.contains("its definition has changed since"))
      #expect(project.ledger == ["1", "2"])
    }
  }

  /// With `--keep-going` what does not depend on the step in doubt runs, and the exit code still says 5.
  @Test func keepGoingRunsWhatTheDoubtDoesNotBlock() throws {
    let plan = """
      execplan: 1
      title: Two
      id: two
      steps:
        - {id: a, run: "echo a >> $OUT/ledger; sh $OUT/block.sh"}
        - {id: b, run: "echo b >> $OUT/ledger", needs: [a]}
        - {id: c, run: "echo c >> $OUT/ledger", pool: one}
      pools: {one: 1}

      """
    try withRunProject(plan) { project in
      try #require(try project.killDuringApply("-q", "-j1"))
      let result = try project.run("apply", "--resume", "--keep-going")
      #expect(result.exit == 5, "\(result)")
      #expect(project.ledger == ["a", "c"])
      #expect(try project.run("resolve", "a", "--as", "done", "--note", "seen").exit == 0)
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger == ["a", "c", "b"])
    }
  }
}
