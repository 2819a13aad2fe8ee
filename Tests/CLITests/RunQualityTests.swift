internal import Foundation
internal import TestSupport
internal import Testing

/// Table checks through the binary: what they halt, show, keep and compare.
struct RunQualityTests {
  private static func plan(_ checks: String, more: String = "") -> String {
    """
    execplan: 1
    title: Quality
    id: quality
    order: listed
    steps:
      - id: check
        check:
          - table:
              \(more.isEmpty ? "csv: t.csv" : more)
              checks: \(checks)
      - id: after
        run: echo "${{ steps.check.values.rows }} ${{ steps.check.values.score }}" >> $OUT/ledger

    """
  }

  private func values(_ project: RunProject) throws -> [String: Any] {
    let text = try project.query("select \"values\" from checkpoints where step = 'check' order by id desc limit 1")
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  @Test func aGateHaltsThePlanAndShowsWhatIsWrong() throws {
    try withRunProject(Self.plan("[{not_null: a}, {range: {column: b, max: 5}, severity: warn}, {unique: a}]")) {
      project in
      try project.folder.write("t.csv", "a,b\n1,2\n,7\n3,4\n")
      let failed = try project.run("apply")
      #expect(failed.exit == 7, "\(failed)")
      #expect(failed.stdout.contains("t: not_null a: 1 of 3 rows have no value (33.33%)"), "\(failed.stdout)")
      #expect(failed.stdout.contains("execplan logs p.execplan.yaml check"))
      #expect(project.ledger.isEmpty)
      let log = try project.run("logs", "p.execplan.yaml", "check").stdout
      #expect(
        log.contains("  FAIL  not_null a  1 of 3 rows have no value (33.33%)\n        line 3: a=NULL b=7\n"), "\(log)")
      #expect(log.contains("  warn  range b"))
      #expect(log.hasSuffix("score 0.3333: 1 of 3 checks hold, 1 failure, 1 warning\n"))

      try project.folder.write("t.csv", "a,b\n1,2\n2,7\n3,4\n")
      let passed = try project.run("apply")
      #expect(passed.exit == 0, "\(passed)")
      #expect(passed.stdout.contains("\"check\": t: range b: 1 of 3 values are above 5 (33.33%)"), "\(passed.stdout)")
      #expect(project.ledger == ["3 0.6667"])
      #expect(try values(project)["failed"] as? Int == 1)
    }
  }

  @Test func eventsHaveWhatWasCounted() throws {
    try withRunProject(Self.plan("{not_null: a}")) { project in
      try project.folder.write("t.csv", "a,b\n,7\n")
      let events = try project.run("apply", "--events", "-").stdout
      #expect(
        events.contains(
          "\"rows\":1,\"bad_rows\":1,\"samples\":[\"line 2: a=NULL b=7\"]"), "\(events)")
    }
  }

  @Test func nothingIsDoneAgainWhileTheDataIsUnchanged() throws {
    try withRunProject(Self.plan("{not_null: a}")) { project in
      try project.folder.write("t.csv", "a\n1\n")
      #expect(try project.run("apply").exit == 0)
      let plan = try project.run("plan", "p.execplan.yaml").stdout
      #expect(plan.contains("check") && plan.contains("up to date"), "\(plan)")
      #expect(try project.run("apply").stdout.contains("1 succeeded, 1 skipped"))
      #expect(project.ledger == ["1 1", "1 1"])
      try project.folder.write("t.csv", "a\n1\n2\n")
      // What the check will count is not known before.
      #expect(try project.run("plan", "p.execplan.yaml").stdout.contains("input changed"))
      #expect(try project.run("apply").exit == 0)
      #expect(project.ledger.last == "2 1")
    }
  }

  @Test func theNumberOfRowsIsComparedWithThatOfTheLastSuccess() throws {
    try withRunProject(Self.plan("{row_count: {tolerance: 20%}}")) { project in
      func rows(_ count: Int) throws {
        try project.folder.write("t.csv", "a\n" + (1...count).map { "\($0)\n" }.joined())
      }
      try rows(10)
      #expect(try project.run("apply").exit == 0)
      try rows(12)
      #expect(try project.run("apply").exit == 0)
      try rows(9)
      let failed = try project.run("apply")
      #expect(failed.exit == 7)
      #expect(
        failed.stdout.contains("t: row_count: the table has 9 rows, 25% fewer than the 12 of run 2; at most 20% may"),
        "\(failed.stdout)")
      // A failed run is no measure, whoever asks again; neither is one that pruning would forget.
      #expect(try project.run("apply", "--resume").exit == 7)
      #expect(try project.run("runs", "--prune", "--keep", "1").exit == 0)
      #expect(try project.run("apply").exit == 7)
      // Afresh, what is there is the measure.
      #expect(try project.run("apply", "--fresh").exit == 0)
      try rows(10)
      #expect(try project.run("apply").exit == 0)
    }
  }

  @Test func aDistributionIsComparedWithThatOfTheLastSuccess() throws {
    try withRunProject(Self.plan("[{distribution: a}, {distribution: {column: b, max_psi: 0.1}}]")) { project in
      func write(_ shift: Int, _ word: String) throws {
        try project.folder.write(
          "t.csv", "a,b\n" + (1...200).map { "\($0 + shift),\($0 % 2 == 0 ? "x" : word)\n" }.joined())
      }
      try write(0, "y")
      #expect(try project.run("apply").exit == 0)
      try write(1, "y")
      #expect(try project.run("apply").exit == 0)
      try write(100, "z")
      let failed = try project.run("apply")
      #expect(failed.exit == 7)
      #expect(failed.stdout.contains("t: distribution a: its PSI against run 2 is"), "\(failed.stdout)")
      #expect(failed.stdout.contains("(and 1 more)"))
    }
  }

  @Test func aDatabaseIsReadAndNotChanged() throws {
    let plan = Self.plan(
      "[{not_null: v}, {references: {column: v, table: u, key: id}, mostly: 50%}]",
      more: "database: 'sqlite:w.db'\n          table: t")
    try withRunProject(plan) { project in
      let missing = try project.run("apply")
      #expect(missing.exit == 7 && missing.stdout.contains("t: there is no database \"w.db\""), "\(missing)")
      _ = try project.query(
        "pragma journal_mode=wal; create table t (v); insert into t values (1), (2); create table u (id); insert into u values (1);",
        in: "w.db")
      let before = try Data(contentsOf: URL(fileURLWithPath: project.folder.path("w.db")))
      let passed = try project.run("apply")
      #expect(passed.exit == 0, "\(passed)")
      #expect(project.ledger == ["2 1"])
      #expect(try Data(contentsOf: URL(fileURLWithPath: project.folder.path("w.db"))) == before)
      #expect(!FileManager.default.fileExists(atPath: project.folder.path("w.db-wal")))
    }
  }

  @Test func aFileThatCannotBeReadIsSaid() throws {
    try withRunProject(Self.plan("{not_null: a}")) { project in
      #expect(try project.run("apply").stdout.contains("t: there is no file \"t.csv\""))
      try project.folder.write("t.csv", "a,b\n1,2\n3\n")
      let ragged = try project.run("apply").stdout
      #expect(ragged.contains("t: \"t.csv\", line 3: 1 fields, and the first line has 2"), "\(ragged)")
      #expect(try project.run("logs", "p.execplan.yaml", "check").stdout.contains("FAIL  t: \"t.csv\", line 3"))
    }
  }

  @Test func theGateOfAPhaseIsOneToo() throws {
    let plan = """
      execplan: 1
      title: Gate
      phases:
        - id: load
          gate: {table: {csv: t.csv, checks: {row_count: {min: 2, tolerance: 0}}}}
        - id: use
      steps:
        - {id: make, phase: load, run: "test -e t.csv || printf 'a\\n1\\n' > t.csv"}
        - {id: use, phase: use, run: "echo used >> $OUT/ledger"}

      """
    try withRunProject(plan) { project in
      let failed = try project.run("apply")
      #expect(failed.exit == 7 && project.ledger.isEmpty, "\(failed)")
      try project.folder.write("t.csv", "a\n1\n2\n")
      #expect(try project.run("apply").exit == 0)
      try project.folder.write("t.csv", "a\n1\n2\n3\n")
      let moved = try project.run("apply")
      #expect(moved.exit == 7 && moved.stdout.contains("50% more than the 2 of run 1"), "\(moved)")
    }
  }

  @Test func verifyChecksWhatAStepLoaded() throws {
    let plan = """
      execplan: 1
      title: Verified
      steps:
        - id: load
          sql: {database: 'sqlite:w.db', script: "create table if not exists t (v); insert into t values (1), (NULL);"}
          verify: {table: {database: 'sqlite:w.db', table: t, checks: {not_null: v}}}

      """
    try withRunProject(plan) { project in
      let failed = try project.run("apply")
      #expect(failed.exit == 1, "\(failed)")
      #expect(failed.stdout.contains("verify: t: not_null v: 1 of 2 rows have no value (50%)"), "\(failed.stdout)")
    }
  }

  @Test func secretsInTheDataAreMasked() throws {
    let plan = """
      execplan: 1
      title: Secrets
      secrets: {TOKEN: {env: TOKEN}}
      steps:
        - id: check
          check:
            - table: {csv: t.csv, profile: true, checks: [{not_null: a, severity: warn}, {distribution: b}]}
        - {id: use, needs: [check], secrets: [TOKEN], run: "true"}

      """
    try withRunProject(plan) { project in
      try project.folder.write("t.csv", "a,b\n,correct-horse-battery\n")
      let result = try project.run("apply", "--events", "events.ndjson", env: ["TOKEN": "correct-horse-battery"])
      #expect(result.exit == 0, "\(result)")
      let log = try project.run("logs", "p.execplan.yaml", "check").stdout
      #expect(log.contains("line 2: a=NULL b=\"***\""), "\(log)")
      let found = try Execplan.runOther(
        "/usr/bin/env", ["grep", "-rla", "correct-horse", ".execplan", "events.ndjson"], in: project.folder)
      #expect(found.stdout.isEmpty, "\(found.stdout)")
    }
  }

  @Test func anExpressionWithoutAValueIsSaidWhereItStands() throws {
    func plan(_ filter: String) -> String {
      """
      execplan: 1
      title: Absent
      order: listed
      steps:
        - id: check
          check:
            - table:
                csv: t.csv
                \(filter)
                checks:
                  - range: {column: a, min: "${{ state.least }}"}
                  - range: {column: a, max: "${{ default(state.most, 9) }}"}
                  - row_count: {max: "${{ state.most }}"}
                  - accepted_values: {column: a, values: "${{ state.all }}"}
                  - accepted_values: {column: b, values: [x, "${{ state.one }}"]}
                  - sql: select a from t where a > ${{ state.least }}

      """
    }
    try withRunProject(plan("")) { project in
      try project.folder.write("t.csv", "a,b\n1,x\n")
      #expect(try project.run("apply").exit == 7)
      let log = try project.run("logs", "p.execplan.yaml", "check").stdout
      func told(_ key: String, _ name: String) -> String {
        "\"\(key)\" can't be told: \"state.\(name)\" has no value; "
          + "default(state.\(name), …) would give one"
      }
      let words = log.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
      for line in [
        "FAIL range a " + told("min", "least"), "pass range a 0 of 1 values", "FAIL row_count " + told("max", "most"),
        "FAIL accepted_values a " + told("values", "all"), "FAIL accepted_values b " + told("values", "one"),
        "FAIL sql " + told("sql", "least"),
      ] { #expect(words.contains(line), "\(line)\n\(log)") }

      try project.write(plan("where: a > ${{ state.least }}"))
      let failed = try project.run("apply")
      #expect(failed.stdout.contains("t: " + told("where", "least")), "\(failed)")
    }
  }

  @Test func aMarkdownPlanHasTableChecks() throws {
    try withTemporaryFolder { folder in
      try folder.write("t.csv", "a\n1\n2\n")
      try folder.write(
        "p.md",
        """
        ---
        execplan: 1
        ---

        # Load

        ## Concrete Steps

        ### Step `check`: Look at the data

        ```yaml
        check:
          table: {csv: t.csv, checks: [{unique: a}]}
        ```

        ### Step `tell`: Say it

        ```sh
        echo "${{ steps.check.values.rows }} rows" > told.txt
        ```

        """)
      let result = try Execplan.run(["apply", "p.md"], in: folder)
      #expect(result.exit == 0, "\(result)")
      #expect(folder.read("told.txt") == "2 rows\n")
    }
  }

  @Test func aTimeoutEndsALongCheck() throws {
    let plan = """
      execplan: 1
      title: Long
      steps:
        - id: check
          timeout: 200ms
          check:
            - table:
                csv: t.csv
                checks:
                  - sql: with recursive n(x) as (select 1 union all select x + 1 from n) select x from n where x < 0

      """
    try withRunProject(plan) { project in
      try project.folder.write("t.csv", "a\n1\n")
      let result = try project.run("apply")
      #expect(result.exit == 1 || result.exit == 7, "\(result)")
      #expect(result.stdout.contains("it ran longer than its timeout"), "\(result)")
    }
  }
}
