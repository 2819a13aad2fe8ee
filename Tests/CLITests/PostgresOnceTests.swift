internal import Foundation
internal import TestSupport
internal import Testing

/// `exactly_once` on PostgreSQL, and what is in doubt, through the binary.
struct PostgresOnceTests {
  private static func plan(_ body: String, more: String = "") -> String {
    """
    execplan: 1
    title: Once
    id: p
    defaults: {database: "$DB"}
    steps:
      - id: load
        \(more)
        sql:
          exactly_once: true
          \(body)
      - id: tell
        needs: [load]
        run: echo "${{ default(steps.load.values.n, 'nothing') }}" > told

    """
  }

  // MARK: Tokens

  /// Execplan dies after the commit and before its record: the token gives the values back.
  @Test func aCommitThatNobodyRecordedIsNotMadeAgain() throws {
    try withPostgresProject(Self.plan("query: insert into t values (7) returning n * 2 as n")) { project, database in
      _ = try database.query("create table t (n int)")
      #expect(try project.run("apply", env: ["EXECPLAN_FAULT": "afterSQLCommit"]).exit == 137)
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0 && resumed.stderr.contains("its token says that it took effect already"), "\(resumed)")
      #expect(
        try database.query("select n from t; select count(*), max(\"values\") from execplan_tokens")
          == "7\n1|{\"n\":14}")
      #expect(project.folder.read("told") == "14\n")
      // A new run has a token of its own.
      #expect(try project.run("apply", "--fresh").exit == 0)
      #expect(try database.query("select count(*) from t; select count(*) from execplan_tokens") == "2\n2")
    }
  }

  @Test func aFailureLeavesNoToken() throws {
    try withPostgresProject(Self.plan("script: insert into t values (1); insert into t values (2);")) {
      project, database in
      _ = try database.query("create table t (n int check (n < 2))")
      #expect(try project.run("apply").exit == 1)
      #expect(try database.query("select count(*) from t; select count(*) from execplan_tokens") == "0\n0")
      _ = try database.query("alter table t drop constraint t_n_check")
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(try database.query("select count(*) from t; select count(*) from execplan_tokens") == "2\n1")
    }
  }

  /// Each is a plan of its own, so nothing but the server keeps them apart.
  @Test func sessionsThatMakeTheTableAtTheSameTimeTakeTurns() throws {
    let database = try PostgresServer.shared.makeDatabase()
    defer { database.remove() }
    _ = try database.query("create table t (n int)")
    let text = Self.plan("script: insert into t values (1)").replacingOccurrences(of: "$DB", with: database.url)
    let projects = try (0..<8).map { _ in try RunProject(text) }
    defer { for project in projects { project.remove() } }
    let programs = try projects.map { try $0.start("apply") }
    for program in programs {
      let result = program.wait()
      #expect(result.exit == 0, "\(result)")
    }
    #expect(try database.query("select count(*) from t; select count(*) from execplan_tokens") == "8\n8")
  }

  @Test func theTableMayLieInAnotherSchemaThanTheActionWorksIn() throws {
    let body = "script: create schema other; set search_path = other; create table t (n int); insert into t values (1);"
    try withPostgresProject(Self.plan(body)) { project, database in
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(try database.query("select count(*) from public.execplan_tokens; select n from other.t") == "1\n1")
    }
  }

  @Test func aFileCannotEndTheTransaction() throws {
    try withPostgresProject(Self.plan("file: load.sql")) { project, database in
      _ = try database.query("create table t (n int)")
      try project.folder.write("load.sql", "insert into t values (1);\ncommit;\n")
      let result = try project.run("apply")
      #expect(result.exit == 1)
      #expect(
        result.stderr.contains("COMMIT can't stand in an \"exactly_once\" action, in line 2 of \"load.sql\""),
        "\(result)")
      #expect(try database.query("select count(*) from t") == "0")
    }
  }

  // MARK: Kills

  /// Only execplan dies; its `psql` goes on, and is an orphan until it is done.
  @Test func whatGoesOnAfterAKillIsWaitedFor() throws {
    let body = "script: insert into t values (1); select pg_advisory_xact_lock(77); insert into t values (2);"
    try withPostgresProject(Self.plan(body)) { project, database in
      _ = try database.query("create table t (n int)")
      let holder = try Self.lockHolder(database)
      let program = try project.start("apply")
      #expect(try database.waitForSession("wait_event = 'advisory'", of: program))
      program.send(signal: SIGKILL)
      #expect(program.wait().exit == 137)
      let refused = try project.run("apply", "--resume")
      #expect(refused.exit == 6 && refused.stderr.contains("--orphans wait"), "\(refused)")
      let waiting = try project.start("apply", "--resume", "--orphans", "wait")
      try Self.release(holder, database)
      let resumed = waiting.wait()
      #expect(resumed.exit == 0 && resumed.stderr.contains("its token says that it took effect already"), "\(resumed)")
      #expect(try database.query("select count(*) from t; select count(*) from execplan_tokens") == "2\n1")
    }
  }

  /// The `psql` that was left is killed, and its session on the server is over before the step runs again.
  @Test func whatIsKilledAsAnOrphanDoesNotTakeEffectBesideTheNextAttempt() throws {
    let body = "script: insert into t values (1); select pg_advisory_xact_lock(77); insert into t values (2);"
    try withPostgresProject(Self.plan(body)) { project, database in
      _ = try database.query("create table t (n int)")
      let holder = try Self.lockHolder(database)
      let first = try project.start("apply")
      #expect(try database.waitForSession("wait_event = 'advisory'", of: first))
      first.send(signal: SIGKILL)
      #expect(first.wait().exit == 137)
      let second = try project.start("apply", "--resume", "--orphans", "kill")
      try Self.release(holder, database)
      let resumed = second.wait()
      #expect(resumed.exit == 0, "\(resumed)")
      try database.waitForSilence()
      #expect(try database.query("select count(*) from t; select count(*) from execplan_tokens") == "2\n1")
    }
  }

  private static func release(_ holder: RunningProgram, _ database: PostgresDatabase) throws {
    // The server does not notice the end of its client while it sleeps.
    _ = try database.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = '\(database.name)' and application_name = 'holder'"
    )
    _ = holder.wait()
  }

  /// A session that holds the lock for which actions of the tests wait.
  private static func lockHolder(_ database: PostgresDatabase) throws -> RunningProgram {
    let folder = try TemporaryFolder()
    let holder = try Execplan.startOther(
      "/usr/bin/env", ["psql", "-X", "-c", "select pg_advisory_lock(77), pg_sleep(600)"], in: folder,
      env: database.environment.merging(["PGAPPNAME": "holder"]) { _, new in new })
    try waitUntil {
      try database.query("select count(*) from pg_locks where locktype = 'advisory' and objid = 77 and granted") == "1"
    }
    folder.remove()
    return holder
  }

  @Test func aKillOfTheWholeTreeRollsBack() throws {
    try withPostgresProject(
      Self.plan("script: insert into t values (1); select pg_sleep(n) from size; delete from size;")
    ) {
      project, database in
      _ = try database.query("create table t (n int); create table size (n int); insert into size values (600)")
      let program = try project.start("apply")
      #expect(try database.waitForSession("wait_event = 'PgSleep'", of: program))
      let children = program.children
      program.send(signal: SIGKILL)
      for child in children { kill(child, SIGKILL) }
      #expect(program.wait().exit == 137)
      // Nobody interrupted the statement: the server notices by itself.
      try database.waitForSilence()
      #expect(try database.query("select count(*) from t; update size set n = 0") == "0")
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(try database.query("select count(*) from t; select count(*) from execplan_tokens") == "1\n1")
    }
  }

  @Test func aNewRunSaysWhetherTheTransactionInDoubtWasCommitted() throws {
    try withPostgresProject(Self.plan("script: insert into t values (1)")) { project, database in
      _ = try database.query("create table t (n int)")
      #expect(try project.run("apply", env: ["EXECPLAN_FAULT": "afterSQLCommit"]).exit == 137)
      let fresh = try project.run("apply", "--fresh")
      #expect(fresh.exit == 0)
      #expect(fresh.stderr.contains("\"load\" was cut off in run 1: its transaction was committed"), "\(fresh)")
    }
    try withPostgresProject(Self.plan("script: insert into t values (1)")) { project, database in
      _ = try database.query("create table t (n int)")
      #expect(try project.run("apply", env: ["EXECPLAN_FAULT": "beforeLaunch"]).exit == 137)
      #expect(try project.run("apply", env: ["EXECPLAN_FAULT": "afterSQLCommit"]).exit == 137)
      _ = try database.query("delete from execplan_tokens")
      let fresh = try project.run("apply", "--fresh")
      #expect(fresh.stderr.contains("its transaction was not committed"), "\(fresh)")
    }
  }

  // MARK: Doubts

  @Test(arguments: [
    ("query: select count(*) as n from t", true), ("query: select add(1) as n", false),
    ("script: insert into t values (1)", false),
  ])
  func withoutATokenOnlyWhatReadsIsRunAgain(_ body: String, _ runsAgain: Bool) throws {
    let plan = Self.plan(body).replacingOccurrences(of: "      exactly_once: true\n", with: "")
    try withPostgresProject(plan) { project, database in
      _ = try database.query(
        "create table t (n int); create function add(int) returns int as 'insert into t values ($1) returning n' language sql"
      )
      #expect(try project.run("apply", env: ["EXECPLAN_FAULT": "afterSQLCommit"]).exit == 137)
      let resumed = try project.run("apply", "--resume")
      #expect(resumed.exit == (runsAgain ? 0 : 5), "\(resumed)")
      #expect(resumed.stderr.contains("its transaction may have been committed") == !runsAgain)
    }
  }
}
