internal import Foundation
internal import TestSupport
internal import Testing

/// The TaskFlow load on PostgreSQL of `plans/`, on the server of the tests.
struct PostgresPlanTests {
  /// The load is killed behind its commit, the run gone on with, and ten days later it is run again.
  @Test func theLoadTakesEveryEventOnceWhateverIsKilled() throws {
    let database = try PostgresServer.shared.makeDatabase()
    defer { database.remove() }
    try withTemporaryFolder { folder in
      try FileManager.default.copyItem(atPath: MarkdownPage.root + "/plans", toPath: folder.path("plans"))
      _ = try Execplan.runOther("/bin/bash", ["-c", "git init -q"], in: folder)
      let env = database.environment
      // The third transaction is that of the load.
      let killed = try Execplan.run(
        ["apply", "taskflow-postgres"], in: folder, env: env.merging(["EXECPLAN_FAULT": "afterSQLCommit:3"]) { $1 })
      #expect(killed.exit == 137, "\(killed)")
      #expect(try database.query("select count(*) from dw.fact_task_events") == "7011")
      let resumed = try Execplan.run(["apply", "taskflow-postgres", "--resume"], in: folder, env: env)
      #expect(resumed.exit == 0, "\(resumed)")
      #expect(resumed.stderr.contains("its token says that it took effect already"), "\(resumed)")
      let later = try Execplan.run(["apply", "taskflow-postgres", "-p", "days=30"], in: folder, env: env)
      #expect(later.exit == 0, "\(later)")
      let loads = try database.query("select run_id, facts from dw.load_log order by run_id")
      #expect(loads == "1|7011\n2|3489")
      #expect(try database.query("select count(*) from ops.task_events") == "10500")
    }
  }
}
