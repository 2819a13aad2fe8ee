internal import Foundation
internal import TestSupport
internal import Testing

/// `kill -9` of execplan alone while step k of 20 runs, for each idempotence class.
struct RunKillTests {
  /// What must become of the step that was cut off.
  enum Outcome {
    /// Runs again by itself.
    case again
    /// Counts as done without running again.
    case done
    /// A person decides.
    case asked
  }

  /// A kind of step: its YAML below `id`, and what happens to it. `LEDGER` appends its number, `BLOCK` holds it up.
  struct Kind: Sendable, CustomStringConvertible {
    let description: String
    let outcome: Outcome
    let yaml: String
    /// How many times it stands in the ledger after the kill.
    var before = 1
  }

  static let kinds: [Kind] = [
    Kind(description: "none", outcome: .asked, yaml: "run: LEDGER; BLOCK"),
    Kind(description: "exec", outcome: .asked, yaml: "exec: [sh, -c, \"LEDGER; BLOCK\"]"),
    Kind(description: "declared", outcome: .again, yaml: "run: LEDGER; BLOCK\n    idempotent: true"),
    Kind(
      description: "creates, absent", outcome: .again,
      yaml: "run: LEDGER; BLOCK; echo x > made.txt\n    creates: made.txt"),
    Kind(
      description: "creates, present", outcome: .asked,
      yaml: "run: LEDGER; echo x > made.txt; BLOCK\n    creates: made.txt"),
    Kind(
      description: "creates, present, verified", outcome: .done,
      yaml: "run: LEDGER; echo x > made.txt; BLOCK\n    creates: made.txt\n    verify: [{exists: made.txt}]"),
    Kind(
      description: "creates, present, verify fails", outcome: .again,
      yaml: """
        run: LEDGER; echo x >> made.txt; BLOCK; echo y >> made.txt
            creates: made.txt
            verify: [{file: {path: made.txt, contains: y}}]
        """),
    Kind(
      description: "unless, true", outcome: .done,
      yaml: "run: LEDGER; touch made.txt; BLOCK\n    unless: test -e made.txt"),
    Kind(
      description: "unless, false", outcome: .again,
      yaml: "run: LEDGER; BLOCK; touch made.txt\n    unless: test -e made.txt"),
    Kind(
      description: "inputs and outputs", outcome: .again,
      yaml: """
        run: LEDGER; test ! -e made.txt; cp p.execplan.yaml made.txt; BLOCK
            inputs: [p.execplan.yaml]
            outputs: [made.txt]
        """),
    Kind(
      description: "changes its input in place", outcome: .asked,
      yaml: """
        run: LEDGER; date > made.txt; BLOCK
            inputs: [made.txt]
            outputs: [made.txt]
        """),
    Kind(
      description: "convergent", outcome: .again,
      yaml: "file: {path: made.txt, content: x}\n    verify: [{run: LEDGER; BLOCK}]"),
    Kind(
      description: "transactional, committed", outcome: .done,
      yaml: """
        sql: {database: "sqlite:w.db", exactly_once: true, script: "create table t (n); insert into t values (1);"}
            verify: [{run: BLOCK}]
        """, before: 0),
    Kind(
      description: "on_interrupt: verify, true", outcome: .done,
      yaml: "run: LEDGER; touch made.txt; BLOCK\n    on_interrupt: verify\n    verify: [{exists: made.txt}]"),
    Kind(
      description: "on_interrupt: verify, false", outcome: .again,
      yaml: "run: LEDGER; BLOCK; touch made.txt\n    on_interrupt: verify\n    verify: [{exists: made.txt}]"),
    Kind(description: "on_interrupt: rerun", outcome: .again, yaml: "run: LEDGER; BLOCK\n    on_interrupt: rerun"),
    Kind(
      description: "on_interrupt: ask", outcome: .asked,
      yaml: "run: LEDGER; BLOCK\n    idempotent: true\n    on_interrupt: ask"),
  ]

  struct Case: Sendable, CustomStringConvertible {
    let step: Int
    let kind: Kind
    var description: String { "\(step): \(kind)" }
  }

  /// Each k from 1 to 20 is met by several classes, and each class by several k.
  static let cases: [Case] = (1...20).flatMap { step in
    [0, 6, 11].map { Case(step: step, kind: kinds[(step + $0) % kinds.count]) }
  }

  static func plan(_ number: Int, _ kind: Kind) -> String {
    var text = "execplan: 1\ntitle: Twenty\nid: twenty\nsteps:\n"
    for step in 1...20 {
      text += "  - id: s\(step)\n"
      if step > 1 { text += "    needs: [s\(step - 1)]\n" }
      let yaml = step == number ? kind.yaml : "run: LEDGER"
      text +=
        "    "
        + yaml.replacingOccurrences(of: "LEDGER", with: "echo \(step) >> $OUT/ledger")
        .replacingOccurrences(of: "BLOCK", with: "sh $OUT/block.sh") + "\n"
    }
    return text
  }

  @Test(arguments: cases)
  func aKillInAnyStepIsSettledByItsClass(of test: Case) throws {
    let (step, kind) = (test.step, test.kind)
    try withRunProject(Self.plan(step, kind)) { project in
      try #require(try project.killDuringApply("-q"))
      let before = (1..<step).map(String.init)
      let mine = [String](repeating: String(step), count: kind.before)
      let after = step < 20 ? ((step + 1)...20).map(String.init) : []
      #expect(project.ledger == before + mine)
      var resumed = try project.run("apply", "--resume")
      switch kind.outcome {
      case .again: #expect(project.ledger == before + mine + [String(step)] + after, "\(resumed)")
      case .done: #expect(project.ledger == before + mine + after, "\(resumed)")
      case .asked:
        #expect(resumed.exit == 5)
        #expect(project.ledger == before + mine)
        for answer in ["done", "failed", "rerun"] {
          #expect(resumed.stderr.contains("\n  execplan resolve p.execplan.yaml s\(step) --as \(answer)\n"))
        }
        resumed = try resolve(project, step, before + mine, after)
      }
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(try project.query("pragma integrity_check") == "ok")
      #expect(try project.query("select state from runs") == "succeeded")
      if kind.description.hasPrefix("transactional") {
        #expect(try project.query("select count(*) from t", in: "w.db") == "1")
      }
      if kind.description == "inputs and outputs" {
        #expect(
          try Execplan.runOther("/bin/sh", ["-c", "ls .execplan/partial/*/made.txt"], in: project.folder).exit == 0)
      }
      #expect(try project.run("apply", "--resume").stdout == "nothing to resume: run 1 succeeded\n")
    }
  }

  /// Each answer is given for a third of the steps.
  private func resolve(
    _ project: RunProject, _ step: Int, _ ran: [String], _ after: [String]
  ) throws -> Execplan.Result {
    let name = "s\(step)"
    switch step % 3 {
    case 0:
      #expect(try project.run("resolve", "p.execplan.yaml", name, "--as", "done").exit == 0)
      let resumed = try project.run("apply", "--resume")
      #expect(project.ledger == ran + after)
      return resumed
    case 1:
      #expect(try project.run("resolve", "twenty", name, "--as", "rerun").exit == 0)
      let resumed = try project.run("apply", "--resume")
      #expect(project.ledger == ran + [String(step)] + after)
      return resumed
    default:
      #expect(try project.run("resolve", name, "--as", "failed").exit == 0)
      for _ in 1...2 {
        #expect(try project.run("apply", "--resume").exit == 1)
        #expect(project.ledger == ran)
      }
      let resumed = try project.run("apply", "--resume", "--rerun", name)
      #expect(project.ledger == ran + [String(step)] + after)
      return resumed
    }
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
      while program.isRunning, !program.stdoutSoFar.contains("load: started") { usleep(5_000) }
      program.send(signal: SIGKILL)
      #expect(program.wait().exit == 137)
      _ = try project.query("update size set n = 3", in: "w.db")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(try project.query("select group_concat(n) from t", in: "w.db") == "3")
    }
  }

  @Test func onInterruptFailCountsAsFailedUntilItIsAskedFor() throws {
    let kind = Kind(description: "fail", outcome: .asked, yaml: "run: LEDGER; BLOCK\n    on_interrupt: fail")
    try withRunProject(Self.plan(2, kind)) { project in
      try #require(try project.killDuringApply("-q"))
      for _ in 1...2 { #expect(try project.run("apply", "--resume").exit == 1) }
      #expect(project.ledger == ["1", "2"])
      #expect(try project.run("apply", "--resume", "--rerun", "s2").exit == 0)
      #expect(project.ledger == ["1", "2", "2"] + (3...20).map(String.init))
    }
  }

  @Test func aChangedDefinitionOfAStepInDoubtIsAlwaysAsked() throws {
    let kind = Kind(description: "", outcome: .asked, yaml: "run: LEDGER; BLOCK\n    idempotent: true")
    try withRunProject(Self.plan(2, kind)) { project in
      try #require(try project.killDuringApply("-q"))
      try project.write(Self.plan(2, Kind(description: "", outcome: .asked, yaml: "run: LEDGER\n    idempotent: true")))
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
