internal import Foundation
internal import TestSupport
internal import Testing

/// Time-outs, interrupts and lost connections of `sql` on PostgreSQL, through the binary.
struct PostgresLossTests {
  private static func plan(_ sql: String, _ step: String = "") -> String {
    """
    execplan: 1
    title: Loss
    id: p
    defaults: {database: "$DB"}
    steps:
      - id: load
        \(step)
        sql: {\(sql)}

    """
  }

  private static let sleeps = "script: \"insert into t values (1); select pg_sleep(600);\""

  // MARK: Ending early

  @Test(arguments: [
    (sleeps, "the transaction was rolled back"), ("query: select pg_sleep(600)", "the transaction was rolled back"),
    ("exactly_once: true, " + sleeps, "its token tells the next try whether the transaction was committed"),
  ])
  func aTimeoutEndsTheStatementOnTheServer(_ sql: String, _ left: String) throws {
    try withPostgresProject(Self.plan(sql, "timeout: 1s")) { project, database in
      _ = try database.query("create table t (n int)")
      let result = try project.run("apply")
      #expect(result.exit == 1, "\(result)")
      #expect(result.stderr.contains("it ran longer than its timeout: interrupted; \(left)"), "\(result)")
      try database.waitForSilence()
      #expect(try database.query("select count(*) from t") == "0")
      #expect(try project.query("select state from attempts") == "timed_out")
    }
  }

  @Test func anInterruptEndsTheStatementOnTheServer() throws {
    try withPostgresProject(Self.plan(Self.sleeps)) { project, database in
      _ = try database.query("create table t (n int)")
      let program = try project.start("apply")
      #expect(try database.waitForSession("wait_event = 'PgSleep'", of: program))
      program.send(signal: SIGINT)
      program.send(signal: SIGINT)
      let result = program.wait()
      #expect(result.exit == 130, "\(result)")
      try database.waitForSilence()
      #expect(try database.query("select count(*) from t") == "0")
    }
  }

  /// A check is ended as an action is.
  @Test func aCheckThatTakesTooLongEndsOnTheServer() throws {
    let plan = """
      execplan: 1
      title: Loss
      steps:
        - id: check
          timeout: 1s
          check: [{sql: {database: "$DB", query: "select pg_sleep(600)"}}]
      """
    try withPostgresProject(plan) { project, database in
      let result = try project.run("apply")
      #expect(result.exit != 0 && result.stderr.contains("it ran longer than its timeout"), "\(result)")
      try database.waitForSilence()
    }
  }

  /// The server has a time-out of its own, for when nobody is left to interrupt it.
  @Test func theServerKnowsTheTimeout() throws {
    let sql =
      "query: \"select current_setting('statement_timeout') as timeout, current_setting('synchronous_commit') as sync\""
    try withPostgresProject(Self.plan(sql, "timeout: 10s")) { project, database in
      #expect(try project.run("apply").exit == 0)
      #expect(try project.query("select \"values\" from checkpoints") == #"{"timeout":"15s","sync":"local"}"#)
      // A role or a database may have less.
      _ = try database.query("alter database \(database.name) set statement_timeout = '3s'")
      _ = try database.query("alter database \(database.name) set synchronous_commit = off")
      #expect(try project.run("apply").exit == 0)
      #expect(
        try project.query("select \"values\" from checkpoints order by rowid desc limit 1")
          == #"{"timeout":"3s","sync":"on"}"#)
    }
  }

  @Test func aKilledPsqlIsAFailureAndTheServerEndsItsStatement() throws {
    try withPostgresProject(Self.plan(Self.sleeps)) { project, database in
      _ = try database.query("create table t (n int)")
      let program = try project.start("apply")
      #expect(try database.waitForSession("wait_event = 'PgSleep'", of: program))
      for child in program.children { kill(child, SIGKILL) }
      let result = program.wait()
      #expect(result.exit == 1 && result.stderr.contains("psql ended by signal 9"), "\(result)")
      try database.waitForSilence()
      #expect(try database.query("select count(*) from t") == "0")
    }
  }

  // MARK: Lost connections

  /// Sleeps in the first attempt only.
  private static let once =
    "script: \"insert into t values (1); select pg_sleep(600) where not exists (select from gate)\""

  @Test func aLostConnectionIsTriedAgain() throws {
    let plan = Self.plan(Self.once, "retry: {times: 1, delay: 1ms, on_exit: [2]}")
    try withPostgresProject(plan) { project, database in
      _ = try database.query("create table t (n int); create table gate (n int)")
      let program = try project.start("apply")
      #expect(try database.waitForSession("wait_event = 'PgSleep'", of: program))
      _ = try database.query("insert into gate values (1)")
      try database.terminateSessions()
      let result = program.wait()
      #expect(result.exit == 0, "\(result)")
      #expect(try database.query("select count(*) from t") == "1")
      #expect(
        try project.query("select state, exit_code, reason from attempts order by id limit 1")
          .hasPrefix("failed|2|terminating connection due to administrator command (57P01)"))
    }
  }

  @Test func anotherFailureIsNotTriedAgainThen() throws {
    let plan = Self.plan("script: select nope", "retry: {times: 1, delay: 1ms, on_exit: [2]}")
    try withPostgresProject(plan) { project, _ in
      let result = try project.run("apply")
      #expect(result.exit == 1)
      #expect(try project.query("select count(*), max(exit_code) from attempts") == "1|3")
    }
  }

  /// The commit happens, and the session is ended before it says so.
  private static func loseTheAnswer(_ project: RunProject, _ database: PostgresDatabase) throws -> Execplan.Result {
    let program = try project.start("apply")
    #expect(try database.waitForSession("wait_event = 'SyncRep'", of: program))
    try database.terminateSessions()
    return program.wait()
  }

  private static let waits = "script: \"insert into t values (1); set local synchronous_commit = on;\""

  @Test func aLostAnswerToCommitIsSettledByTheToken() throws {
    let plan = Self.plan("exactly_once: true, " + Self.waits, "retry: {times: 1, delay: 1ms, on_exit: [2]}")
    try withPostgresProject(plan) { project, database in
      _ = try database.query("create table t (n int)")
      let result = try Self.loseTheAnswer(project, database)
      #expect(result.exit == 0 && result.stderr.contains("its token says that it took effect already"), "\(result)")
      #expect(try database.query("select count(*) from t; select count(*) from execplan_tokens") == "1\n1")
      #expect(try project.query("select count(*) from attempts") == "2")
    }
  }

  @Test func aLostAnswerToCommitIsInDoubtWithoutAToken() throws {
    let plan = Self.plan(Self.waits, "retry: {times: 3, delay: 1ms}")
    try withPostgresProject(plan) { project, database in
      _ = try database.query("create table t (n int)")
      let result = try Self.loseTheAnswer(project, database)
      #expect(result.exit == 5, "\(result)")
      #expect(result.stderr.contains("COMMIT was sent, and the answer was lost"), "\(result)")
      #expect((result.stdout + result.stderr).contains("resolve p.execplan.yaml load --as done"), "\(result)")
      #expect(try database.query("select count(*) from t") == "1")
      #expect(try project.query("select count(*), max(state) from attempts") == "1|in_doubt")
      #expect(try project.run("resolve", "load", "--as", "done").exit == 0)
      #expect(try project.run("apply", "--resume").exit == 0)
      #expect(try database.query("select count(*) from t") == "1")
    }
  }

  /// An interrupt that meets COMMIT ends `psql` before it can say what came of it.
  @Test func aCommitThatIsOnItsWayWhenTheTimeIsOverIsInDoubt() throws {
    let cameToCommit = try withGrowingTimes { time in
      try withPostgresProject(Self.plan(Self.waits, "timeout: \(time)ms")) { project, database in
        _ = try database.query("create table t (n int)")
        let result = try project.run("apply")
        if result.exit == 1, result.stderr.contains("the transaction was rolled back") {
          #expect(try database.query("select count(*) from t") == "0")
          return false
        }
        #expect(result.exit == 5, "\(result)")
        #expect(result.stderr.contains("COMMIT was sent, and the answer was lost: canceling wait"), "\(result)")
        #expect(try database.query("select count(*) from t") == "1")
        return true
      }
    }
    #expect(cameToCommit)
  }

  /// A constraint that is checked last says no to COMMIT: that is an answer.
  @Test func aCommitThatIsRefusedIsAFailure() throws {
    let plan = Self.plan("script: insert into t values (1)")
    try withPostgresProject(plan) { project, database in
      _ = try database.query(
        "create table u (n int primary key); create table t (n int references u deferrable initially deferred)")
      let result = try project.run("apply")
      #expect(result.exit == 1)
      #expect(result.stderr.contains("violates foreign key constraint \"t_n_fkey\""), "\(result)")
      #expect(result.stderr.contains("at the end of the action"), "\(result)")
    }
  }
}
