internal import Foundation
internal import TestSupport
internal import Testing

/// Table checks on a real PostgreSQL server, through the binary.
struct PostgresQualityTests {
  private static func plan(_ checks: String, table: String = "t", more: String = "") -> String {
    """
    execplan: 1
    title: Quality
    id: quality
    order: listed
    databases: {shop: "$DB"}
    steps:
      - id: check
        check:
          - table:
              database: shop
              table: '\(table)'
              checks: \(checks)
              \(more)
      - id: after
        run: echo "${{ steps.check.values.rows }} ${{ steps.check.values.score }}" >> $OUT/ledger

    """
  }

  private func log(_ project: RunProject) throws -> String {
    try project.run("logs", "p.execplan.yaml", "check").stdout
  }

  private func values(_ project: RunProject) throws -> String {
    try project.query("select \"values\" from checkpoints where step = 'check' order by id desc limit 1")
  }

  @Test func aGateHaltsThePlanAndNothingIsChanged() throws {
    let checks = """
      [{not_null: a}, {range: {column: b, max: 5}, severity: warn}, {unique: [a, b]},
                {sql: "select 1 where current_setting('transaction_isolation') <> 'repeatable read' or current_setting('transaction_read_only') <> 'on'"}]
      """
    try withPostgresProject(Self.plan(checks)) { project, database in
      _ = try database.query("create table t (a int, b int); insert into t values (1, 2), (null, 7), (3, 4)")
      let failed = try project.run("apply")
      #expect(failed.exit == 7, "\(failed)")
      #expect(failed.stdout.contains("t: not_null a: 1 of 3 rows have no value (33.33%)"), "\(failed)")
      let text = try log(project)
      #expect(
        text.contains("  FAIL  not_null a")
          && text.contains("1 of 3 rows have no value (33.33%)\n        a=NULL b=7\n"), "\(text)")
      #expect(text.hasSuffix("score 0.5: 2 of 4 checks hold, 1 failure, 1 warning\n"), "\(text)")
      _ = try database.query("update t set a = 2 where a is null")
      let passed = try project.run("apply")
      #expect(passed.exit == 0, "\(passed)")
      #expect(project.ledger == ["3 0.75"])
      try database.waitForSilence()
    }
  }

  @Test func everyRunLooksAnewAndComparesWithTheLast() throws {
    let checks = "[{row_count: {tolerance: 20%}}, {distribution: n}]"
    try withPostgresProject(Self.plan(checks)) { project, database in
      _ = try database.query("create table t (n int); insert into t select n from generate_series(1, 100) n")
      #expect(try project.run("apply").exit == 0)
      #expect(try project.run("plan", "p.execplan.yaml").stdout.contains("every"))
      _ = try database.query("insert into t select 1000 from generate_series(1, 100) n")
      let failed = try project.run("apply")
      #expect(failed.exit == 7, "\(failed)")
      let text = try log(project)
      #expect(text.contains("100% more than the 100 of run 1; at most 20% may"), "\(text)")
      #expect(text.contains("its PSI against run 1 is"), "\(text)")
    }
  }

  @Test func namesSchemasAndViewsAreTakenAsTheyAre() throws {
    let table = "\"Odd \"\"s\".\"v.1\""
    let checks = "[{not_null: 'it''s \"x\" y'}, {references: {column: 'it''s \"x\" y', table: b.u, key: K}}]"
    try withPostgresProject(Self.plan(checks, table: table)) { project, database in
      _ = try database.query(
        """
        create schema "Odd ""s"; create schema b; create table b.u ("K" bigint);
        insert into b.u values (1); create view "Odd ""s"."v.1" as select 1 as "it's ""x"" y"
        """)
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(project.ledger == ["1 1"])
    }
  }

  // MARK: Types

  @Test func valuesOfAllTypesAreComparedAndShown() throws {
    let checks = """
      [{range: {column: d, min: 0}}, {range: {column: r, min: 0, max: 0.1}}, {range: {column: f, max: 1e300}},
                {range: {column: at, min: "2026-03-01T00:00:00Z", max: "2026-03-31"}}, {range: {column: s, min: 0, max: 10}},
                {accepted_values: {column: b, values: [true]}}, {accepted_values: {column: e, values: [new]}},
                {unique: [j]}, {unique: [a]}, {accepted_values: {column: a, values: ["{1,2}"]}},
                {columns: {w: integer, d: number, at: text, j: any}}, {range: {column: x, min: 0}},
                {freshness: {column: at, max_age: 36500d}}, {freshness: {column: day, max_age: 36500d}}]
      """
    try withPostgresProject(Self.plan(checks, more: "profile: true")) { project, database in
      _ = try database.query(
        """
        create type mood as enum ('new', 'old'); create domain whole as numeric(20, 0);
        create table t (w whole, d numeric, r real, f float8, at timestamptz, day date, s text, b bool, e mood,
          j json, a int[], x bytea);
        insert into t values
          (9007199254740993, 0.12345678901234567890, 0.1, 'Infinity', '2026-03-01 01:00:00+02', '2026-03-01', '9.5', true,
            'new', '{"a": 1}', '{1,2}', '\\x00ff'),
          (2, 'NaN', 'NaN', 1, '2026-03-31 00:00:00Z', '2026-03-02', 'ten', false, 'old', '{"a": 1}', '{1,2}', '\\x01'),
          (3, -1, 0.2, 'NaN', null, null, null, null, null, null, '{}', null);
        """)
      let result = try project.run("apply")
      #expect(result.exit == 7, "\(result)")
      let text = try log(project)
      for line in [
        "FAIL  range d", "2 of 3 values are below 0 (66.67%)", "FAIL  range r",
        "2 of 3 values are not between 0 and 0.1 (66.67%)", "FAIL  range f",
        "2 of 3 values are above 1e+300 (66.67%)", "FAIL  range at",
        "1 of 2 values are not between \"2026-03-01T00:00:00Z\" and \"2026-03-31\" (50%)",
        "at=\"2026-02-28 23:00:00+00\"", "1 of 2 values are not between 0 and 10 (50%)", "\"false\" × 1",
        "1 of 2 values are none of \"new\" (50%)", "2 of 2 rows are not the only ones with their key (1 key) (100%)",
        "j=\"{\"a\": 1}\" × 2", "\"{}\" × 1", "x=\"(2 bytes)\"", "newest \"2026-03-31 00:00:00+00\"",
        "newest \"2026-03-02\"",
      ] { #expect(text.contains(line), "\(line)\n\(text)") }
      #expect(!text.contains("columns w") || text.contains("pass  columns w integer"), "\(text)")
      let passing = try log(project)
      #expect(passing.contains("9007199254740993"), "\(passing)")
    }
  }

  /// Whatever bytes a text holds, it is shown as it is, and no value of the plan is read as SQL.
  @Test(arguments: PostgresSQLTests.hostile + ["\\N", "\\.", "a\tb\n\\.\nc"])
  func aValueIsNeverReadAsSQL(_ value: String) throws {
    let plan = """
      execplan: 1
      title: Test
      params: {value: {type: string, required: true}}
      steps:
        - id: check
          check:
            - table:
                database: "$DB"
                table: t
                where: v = ${{ params.value }} -- and nothing else
                checks:
                  - accepted_values: {column: v, values: ["${{ params.value }}"]}
                  - range: {column: v, min: "${{ params.value }}", max: "${{ params.value }}"}
                  - row_count: {min: 1, max: 1}
                  - sql: select * from t where v = ${{ params.value }} and v <> ${{ params.value }};
                profile: [v]
      """
    try withPostgresProject(plan) { project, database in
      let hex = Data(value.utf8).map { String(format: "%02x", $0) }.joined()
      _ = try database.query(
        "create table t (v text); insert into t values (convert_from('\\x\(hex)', 'UTF8')), ('other')")
      let result = try Execplan.run(["apply", "-p", "value=" + value], in: project.folder)
      // A text that is a number bounds numbers; none of these is one.
      let text = try log(project)
      #expect(result.exit == 0, "\(result)\n\(text)")
      let kept = try JSONSerialization.jsonObject(with: Data(try values(project).utf8)) as? [String: Any]
      let tables = kept?["tables"] as? [String: Any]
      let table = tables?["t"] as? [String: Any]
      let columns = table?["columns"] as? [String: Any]
      #expect((columns?["v"] as? [String: Any])?["min"] as? String == value)
      #expect(project.folder.read("owned") == nil)
    }
  }

  // MARK: What goes wrong

  @Test func anExpectationThatDoesNotFitSpoilsNoOther() throws {
    let checks = """
      [{not_null: day}, {range: {column: day, min: soon}}, {accepted_values: {column: day, values: [never]}},
                {sql: "select 1 / 0 as n"}, {sql: "select n from nowhere"}, {sql: "select 1; drop table t"},
                {not_null: gone}, {references: {column: day, table: gone, key: id}},
                {references: {column: day, table: u, key: gone}}, {unique: day}]
      """
    try withPostgresProject(Self.plan(checks)) { project, database in
      _ = try database.query("create table t (day date); create table u (id int); insert into t values ('2026-03-01')")
      let invalid = try project.run("validate")
      #expect(invalid.exit != 0 && invalid.stdout.contains("\"sql\" must be one query"), "\(invalid)")
      try project.write(
        Self.plan(checks.replacingOccurrences(of: "; drop table t", with: "")).replacingOccurrences(
          of: "$DB", with: database.url))
      #expect(try project.run("apply").exit == 7)
      let text = try log(project)
      for line in [
        "pass  not_null day", "invalid input syntax for type date: \"soon\" (22007)",
        "invalid input syntax for type date: \"never\" (22007)", "division by zero (22012)",
        "relation \"nowhere\" does not exist (42P01)", "there is no column \"gone\"; the table has day",
        "there is no table \"gone\" in database \"\(database.name)\"; there are: t, u",
        "there is no column \"gone\" in \"u\", which has id", "pass  unique day",
      ] { #expect(text.contains(line), "\(line)\n\(text)") }
    }
  }

  @Test func whatCannotBeReadIsSaidWithItsPlace() throws {
    try withPostgresProject(Self.plan("{not_null: a}")) { project, database in
      let missing = try project.run("apply")
      #expect(
        missing.exit == 7
          && missing.stdout.contains("t: there is no table \"t\" in database \"\(database.name)\"; there are none"),
        "\(missing)")
      let role = "reader_\(database.name)"
      _ = try database.query(
        "create table t (a int, b int); create role \(role) login; create view v as select 1 / a as a from t; insert into t values (0)"
      )
      defer { _ = try? database.query("drop owned by \(role); drop role \(role)") }
      let url = database.url.replacingOccurrences(of: "//\(PostgresServer.user)@", with: "//\(role)@")
      try project.write(Self.plan("{not_null: a}").replacingOccurrences(of: "$DB", with: url))
      let denied = try project.run("apply")
      #expect(
        denied.stdout.contains(
          "t: \"t\" in database \"\(database.name)\" can't be read: permission denied for table t (42501)"),
        "\(denied)")
      // Of a column that may not be read only its own check fails.
      _ = try database.query("grant select (a) on t to \(role)")
      try project.write(
        Self.plan("[{not_null: a}, {not_null: b}]").replacingOccurrences(of: "$DB", with: url))
      let partly = try project.run("apply")
      #expect(partly.stdout.contains("t: not_null b: permission denied for table t (42501)"), "\(partly)")
      #expect(!partly.stdout.contains("not_null a: "), "\(partly)")

      try project.write(Self.plan("{not_null: a}", table: "v").replacingOccurrences(of: "$DB", with: database.url))
      let view = try project.run("apply")
      #expect(view.exit == 7 || view.exit == 0, "\(view)")

      let filtered = Self.plan("{not_null: a}", more: "where: a / 0 = 1")
      try project.write(filtered.replacingOccurrences(of: "$DB", with: database.url))
      let condition = try project.run("apply")
      #expect(condition.stdout.contains("can't be read: division by zero (22012)"), "\(condition)")

      try project.write(
        Self.plan("{not_null: a}").replacingOccurrences(of: "$DB", with: database.url + "_gone"))
      let gone = try project.run("apply")
      #expect(gone.exit == 7 && gone.stdout.contains("database \"\(database.name)_gone\" does not exist"), "\(gone)")
    }
  }

  @Test func aServerThatIsNotThereIsSaid() throws {
    try withRunProject(
      Self.plan("{not_null: a}").replacingOccurrences(of: "$DB", with: "postgres://nobody@%2Fnowhere/shop")
    ) { project in
      let result = try project.run("apply")
      #expect(result.exit == 7, "\(result)")
      #expect(result.stdout.contains("t: connection to server on socket \"/nowhere/"), "\(result)")
    }
  }

  @Test func aSecretSaysWhereTheDatabaseIsAndIsMaskedInTheData() throws {
    let plan = """
      execplan: 1
      title: Secrets
      secrets: {DATABASE_URL: {env: DATABASE_URL}, TOKEN: {env: TOKEN}}
      steps:
        - id: check
          check:
            - table:
                database: "postgres:${{ secrets.DATABASE_URL }}"
                table: t
                profile: true
                checks: [{not_null: a, severity: warn}, {distribution: b}]
        - {id: use, needs: [check], secrets: [TOKEN], run: "true"}

      """
    try withPostgresProject(plan) { project, database in
      _ = try database.query("create table t (a int, b text); insert into t values (null, 'correct-horse-battery')")
      let result = try project.run(
        "apply", "--events", "events.ndjson", env: ["TOKEN": "correct-horse-battery", "DATABASE_URL": database.url])
      #expect(result.exit == 0, "\(result)")
      #expect(try log(project).contains("a=NULL b=\"***\""))
      let found = try Execplan.runOther(
        "/usr/bin/env", ["grep", "-rla", "-e", "correct-horse", "-e", database.url, ".execplan", "events.ndjson"],
        in: project.folder)
      #expect(found.stdout.isEmpty, "\(found.stdout)")
    }
  }

  // MARK: Ending early

  private static let sleeps = "{sql: \"select pg_sleep(600)\"}"

  @Test func aTimeoutEndsTheQueryOnTheServer() throws {
    try withGrowing { time in
      let plan = Self.plan(Self.sleeps).replacingOccurrences(
        of: "  - id: check\n", with: "  - id: check\n    timeout: \(time)ms\n")
      return try withPostgresProject(plan) { project, database in
        _ = try database.query("create table t (a int)")
        let result = try project.run("apply")
        #expect(result.exit != 0 && result.stdout.contains("it ran longer than its timeout"), "\(result)")
        try database.waitForSilence()
        return true
      }
    }
  }

  private func withGrowing(_ body: (Int) throws -> Bool) throws {
    #expect(try withGrowingTimes(body))
  }

  @Test func anInterruptEndsTheQueryOnTheServer() throws {
    try withPostgresProject(Self.plan(Self.sleeps)) { project, database in
      _ = try database.query("create table t (a int)")
      let program = try project.start("apply")
      #expect(try database.waitForSession("wait_event = 'PgSleep'", of: program))
      program.send(signal: SIGINT)
      program.send(signal: SIGINT)
      let result = program.wait()
      #expect(result.exit == 130, "\(result)")
      try database.waitForSilence()
    }
  }

  @Test func aLostConnectionFailsTheCheckAsAWhole() throws {
    try withPostgresProject(Self.plan("[{not_null: a}, \(Self.sleeps), {unique: a}]")) { project, database in
      _ = try database.query("create table t (a int)")
      let program = try project.start("apply")
      #expect(try database.waitForSession("wait_event = 'PgSleep'", of: program))
      try database.terminateSessions()
      let result = program.wait()
      #expect(result.exit == 7, "\(result)")
      #expect(
        result.stdout.contains("t: terminating connection due to administrator command (57P01)"), "\(result)")
    }
  }

  @Test func aTableOfManyValuesIsProfiled() throws {
    let checks = "[{unique: n}, {references: {column: n, table: u, key: n}}, {sql: select * from t where n > 10}]"
    try withPostgresProject(Self.plan(checks, more: "profile: true")) { project, database in
      _ = try database.query(
        """
        create table t (n int, s text); insert into t select n, 'value ' || n from generate_series(1, 200000) n;
        create table u (n int); insert into u select n from generate_series(1, 200000) n
        """)
      let result = try project.run("apply")
      #expect(result.exit == 7, "\(result)")
      let text = try log(project)
      #expect(text.contains("199990 of 200000 rows are bad (99.99%)") || text.contains("199990 of 200000"), "\(text)")
      #expect(text.contains("pass  unique n") && text.contains("pass  references n"), "\(text)")
      #expect(text.contains("50000") && text.contains("100000.5"), "\(text)")
    }
  }
}
