internal import Foundation
internal import TestSupport
internal import Testing

/// `apply --fresh` over a run that was killed before its `finally` steps ran.
struct RunFinallyTests {
  static func plan(_ end: String = "echo stop >> $OUT/ledger", named name: String = "stop") -> String {
    """
    execplan: 1
    title: Database
    id: database
    params: {port: {type: int, default: 1}}
    steps:
      - {id: start, run: "echo start >> $OUT/ledger; echo dir=/tmp/db${{ params.port }} >> \\"$EXECPLAN_OUTPUT\\""}
      - {id: test, needs: [start], run: "echo test >> $OUT/ledger; sh $OUT/block.sh", idempotent: true}
    finally:
      - {id: \(name), run: "\(end) ${{ steps.start.values.dir }}"}

    """
  }

  @Test func theOwedStepsRunBeforeTheNewRunBegins() throws {
    try withRunProject(Self.plan()) { project in
      try #require(try project.killDuringApply("-p", "port=7"))
      let fresh = try project.run("apply", "--fresh")
      #expect(fresh.exit == 0, "\(fresh)")
      #expect(fresh.stderr.hasPrefix("running the \"finally\" steps that run 1 still owes, before it is given up\n"))
      // With the values and parameters of the run that owes them.
      #expect(project.ledger == ["start", "test", "stop /tmp/db7", "start", "test", "stop /tmp/db1"])
      #expect(try project.query("select group_concat(state) from runs") == "abandoned,succeeded")
      #expect(try project.query("select state from attempts where run_id = 1 and step = 'test'") == "cancelled")
      #expect(try project.run("apply", "--fresh").exit == 0)
      #expect(project.ledger.count == 9)
    }
  }

  @Test func theyRunAsTheStoredPlanHasThem() throws {
    try withRunProject(Self.plan()) { project in
      try #require(try project.killDuringApply())
      try project.write(Self.plan("echo other >> $OUT/ledger", named: "clean"))
      let fresh = try project.run("apply", "--fresh")
      #expect(fresh.exit == 0, "\(fresh)")
      #expect(project.ledger == ["start", "test", "stop /tmp/db1", "start", "test", "other /tmp/db1"])
    }
  }

  /// Going on with an edited plan makes that one the plan of the run.
  @Test func thePlanIsTheOneThatTheRunWasLastExecutedWith() throws {
    try withRunProject(Self.plan().replacingOccurrences(of: "sh $OUT/block.sh", with: "exit 1")) { project in
      #expect(try project.run("apply").exit == 1)
      #expect(project.ledger == ["start", "test", "stop /tmp/db1"])
      try project.write(Self.plan("echo edited >> $OUT/ledger"))
      try #require(try project.killDuringApply())
      try project.write(Self.plan("echo new >> $OUT/ledger"))
      #expect(try project.run("apply", "--fresh").exit == 0)
      #expect(project.ledger.suffix(5) == ["test", "edited /tmp/db1", "start", "test", "new /tmp/db1"])
    }
  }

  @Test func aFailureOfTheOwedStepsStartsNothingNew() throws {
    try withRunProject(Self.plan("echo stop >> $OUT/ledger; test -e well && echo")) { project in
      try #require(try project.killDuringApply())
      let failed = try project.run("apply", "--fresh")
      #expect(failed.exit == 1, "\(failed)")
      #expect(project.ledger == ["start", "test", "stop"])
      #expect(try project.query("select state from runs") == "failed")
      // They have been tried, so nothing is owed any more.
      try project.folder.write("well", "")
      #expect(try project.run("apply", "--fresh").exit == 0)
      #expect(project.ledger == ["start", "test", "stop", "start", "test", "stop"])
    }
  }

  @Test func skipFinallyForgetsThem() throws {
    try withRunProject(Self.plan()) { project in
      try #require(try project.killDuringApply())
      #expect(try project.run("apply", "--fresh", "--skip-finally").exit == 0)
      #expect(project.ledger == ["start", "test", "start", "test"])
      #expect(try project.query("select group_concat(state) from runs") == "abandoned,succeeded")
    }
  }

  /// A doubt that was decided meanwhile changes nothing about what the kill left.
  @Test func aResolvedDoubtDoesNotForgetThem() throws {
    try withRunProject(Self.plan().replacingOccurrences(of: ", idempotent: true", with: "")) { project in
      try #require(try project.killDuringApply())
      #expect(try project.run("apply", "--fresh").exit == 5)
      #expect(try project.run("resolve", "test", "--as", "failed").exit == 0)
      #expect(try project.run("apply", "--fresh").exit == 0)
      #expect(project.ledger == ["start", "test", "stop /tmp/db1", "start", "test", "stop /tmp/db1"])
    }
  }
}
