internal import Executor
internal import Foundation
internal import PlanModel
internal import TestSupport
internal import Testing

/// The actions that need no program.
struct ActionTests {
  // MARK: sql

  @Test func anErrorRollsTheWholeScriptBack() throws {
    try TestProject.with(
      """
      steps:
        - id: make
          sql: {database: "sqlite:w.db", script: "create table t(x not null)"}
        - id: fill
          needs: [make]
          sql: {database: "sqlite:w.db", script: "insert into t values (1); insert into t values (null)"}
      """
    ) { project in
      let applied = try project.apply()
      #expect(applied.states == "make succeeded, fill failed")
      #expect(applied.reason("fill").contains("NOT NULL"))
      let rows = try project.query("SELECT count(*) FROM t", in: "w.db")
      #expect(rows == ["0"])
    }
  }

  @Test func whatFollowsACommitOfTheTextIsATransactionAgain() throws {
    try TestProject.with(
      """
      steps:
        - id: a
          sql:
            database: "sqlite:w.db"
            script: |
              create table t(x not null);
              commit;
              insert into t values (1);
              insert into t values (null);
      """
    ) { project in
      let applied = try project.apply()
      #expect(applied.state("a") == .failed)
      let rows = try project.query("SELECT count(*) FROM t", in: "w.db")
      #expect(rows == ["0"])
    }
  }

  @Test func attachedDatabasesTakePartInTheTransaction() throws {
    try TestProject.with(
      """
      params: {other: {type: string, required: true}}
      steps:
        - id: a
          sql:
            database: "sqlite:w.db"
            script: |
              attach ${{ params.other }} as other;
              create table other.t(x);
              create table main.t(x);
              insert into other.t values (1);
        - id: b
          needs: [a]
          sql:
            database: "sqlite:w.db"
            script: |
              attach ${{ params.other }} as other;
              insert into other.t values (2);
              insert into nothing values (1);
      """
    ) { project in
      project.parameters = ["other": .string(project.folder.path("other.db"))]
      let applied = try project.apply()
      #expect(applied.states == "a succeeded, b failed")
      let rows = try project.query("SELECT x FROM t", in: "other.db")
      #expect(rows == ["1"])
    }
  }

  @Test func aQueryGivesItsRowAsValues() throws {
    try TestProject.with(
      """
      steps:
        - {id: make, sql: {database: "sqlite:w.db", statements: ["create table t(n, s)", "insert into t values (2, 'two'), (1.5, null)"]}}
        - {id: one, needs: [make], sql: {database: "sqlite:w.db", query: "select count(*) as n, max(s) as s from t"}}
        - {id: all, needs: [make], sql: {database: "sqlite:w.db", query: "select * from t order by n", rows: all}}
        - {id: two, needs: [make], allow_failure: true, sql: {database: "sqlite:w.db", query: "select * from t"}}
        - {id: no, needs: [make], allow_failure: true, sql: {database: "sqlite:w.db", query: "select * from t where n > 9"}}
        - id: show
          needs: [one, all, two, no]
          run: printf '%s' "${{ steps.one.values.n }}|${{ steps.one.values.s }}|${{ toJSON(steps.all.values.rows) }}" > got
      """
    ) { project in
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(project.read("got") == #"2|two|[{"n":1.5,"s":null},{"n":2,"s":"two"}]"#)
      #expect(applied.reason("two").contains("more than one row"))
      #expect(applied.reason("no").contains("no row"))
    }
  }

  @Test func aParameterWithoutAValueFails() throws {
    try TestProject.with(
      """
      steps:
        - {id: a, sql: {database: "sqlite:w.db", script: "create table t as select :there as x", bind: {there: 1}}}
        - {id: b, needs: [a], sql: {database: "sqlite:w.db", script: "insert into t values (:missing)"}}
      """
    ) { project in
      let applied = try project.apply()
      #expect(applied.states == "a succeeded, b failed")
      #expect(applied.reason("b").contains("\":missing\" has no value"))
    }
  }

  @Test func exactlyOnceFindsItsTokenAfterACrash() throws {
    try TestProject.with(
      """
      steps:
        - {id: make, sql: {database: "sqlite:w.db", script: "create table if not exists t(x)"}, once: true}
        - id: load
          needs: [make]
          sql:
            database: "sqlite:w.db"
            exactly_once: true
            script: insert into t values (1)
        - {id: after, needs: [load], run: echo after >> ran}
      """
    ) { project in
      _ = try project.apply()
      try project.cutOff("load")
      try project.forge("DELETE FROM checkpoints WHERE step = 'after'", "DELETE FROM attempts WHERE step = 'after'")
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(applied.beginning?.isResumed == true)
      #expect(applied.reason("load").contains("token"))
      let rows = try project.query("SELECT count(*) FROM t", in: "w.db")
      #expect(rows == ["1"])
      #expect(project.lines("ran").count == 2)
      // A new run is another key.
      _ = try project.apply()
      let more = try project.query("SELECT count(*) FROM t", in: "w.db")
      #expect(more == ["2"])
    }
  }

  @Test func aTokenIsNotLeftByAFailure() throws {
    try TestProject.with(
      """
      steps:
        - id: load
          sql:
            database: "sqlite:w.db"
            exactly_once: true
            statements: ["create table t(x unique)", "insert into t values (1)", "insert into t select x from ok"]
      """
    ) { project in
      let first = try project.apply()
      #expect(first.exit == .failure)
      let none = try project.query("SELECT count(*) FROM sqlite_schema WHERE name = 't'", in: "w.db")
      #expect(none == ["0"])
      _ = try project.query("CREATE TABLE ok(x)", in: "w.db")
      let second = try project.apply()
      #expect(second.exit == .success)
      let tokens = try project.query("SELECT count(*) FROM execplan_tokens", in: "w.db")
      #expect(tokens == ["1"])
    }
  }

  // MARK: check

  @Test func checksNameWhatWasLookedForAndWhatWasFound() throws {
    let checks: [(String, String)] = [
      ("exists: {glob: \"*.csv\", count: {ge: 3}}", "the number of matches is 2, expected at least 3"),
      ("exists: {glob: a.csv, size: {gt: 100}}", "the size of \"a.csv\" in bytes is 2"),
      ("file: {path: a.csv, contains: zz}", "\"a.csv\" is"),
      ("file: {path: a.csv, sha256: \(String(repeating: "0", count: 64))}", "the SHA-256 of \"a.csv\" is"),
      ("run: exit 4", "exit 4"),
      ("run: {script: echo why >&2; exit 1}", "exit 1: why"),
      ("sql: {database: \"sqlite:w.db\", query: select 4, expect: {value: {ge: 5}}}", "the query's value is 4"),
      ("sql: {database: \"sqlite:none.db\", query: select 1}", "there is no database"),
    ]
    for (check, message) in checks {
      try TestProject.with("steps:\n  - id: a\n    check:\n      - {\(check)}\n") { project in
        try project.write("a.csv", "a\n")
        try project.write("b.csv", "b\n")
        _ = try project.query("CREATE TABLE t(x)", in: "w.db")
        let applied = try project.apply()
        #expect(applied.exit == .gateFailed)
        #expect(applied.reason("a").contains(message), "\(applied.reason("a"))")
      }
    }
  }

  @Test func aWarningFailsNothing() throws {
    try TestProject.with(
      "steps:\n  - id: a\n    check:\n      - {exists: nothing, severity: warn}\n      - {exists: a}\n"
    ) {
      project in
      try project.write("a")
      let applied = try project.apply()
      #expect(applied.exit == .success)
      #expect(applied.step("a")?.checks.map { $0.failure == nil } == [false, true])
    }
  }

  // MARK: file and edit

  @Test func filesAreMadeOnceAndLeftAlone() throws {
    try TestProject.with(
      """
      steps:
        - {id: text, file: {path: a/b.txt, content: "hello\\n", mode: "0640"}}
        - {id: dir, file: {path: d/e, directory: true}}
        - {id: link, needs: [text], file: {path: l, link: a/b.txt}}
        - {id: gone, file: {path: old, absent: true}}
        - {id: copy, needs: [text], file: {path: c, source: a/b.txt}}
        - {id: line, needs: [copy], edit: {path: c, line: more}}
      """
    ) { project in
      try project.write("old", "x")
      let first = try project.apply { $0.jobs = 2 }
      #expect(first.exit == .success, "\(first.states)")
      #expect(project.read("a/b.txt") == "hello\n")
      #expect(project.read("c") == "hello\nmore\n")
      #expect(project.read("old") == nil)
      #expect(try mode(project.folder.path + "/a/b.txt") == 0o640)
      let second = try project.apply()
      #expect(second.result?.count(.skipped) == 4 || second.result?.count(.skipped) == 6, "\(second.states)")
    }
  }

  @Test func contentGoesThroughALinkButNeverOutOfTheProject() throws {
    try TestProject.with(
      """
      defaults: {on_conflict: overwrite}
      steps:
        - {id: a, file: {path: link, content: new}, allow_failure: true}
        - {id: b, file: {path: dangling, content: new}, allow_failure: true}
        - {id: c, file: {path: outside, content: new}, allow_failure: true}
        - {id: d, file: {path: folder/x, content: new}, allow_failure: true}
      """
    ) { project in
      try TestProject.with("steps: []") { other in
        try other.write("secret", "old")
        let files = FileManager.default
        try project.write("real", "old")
        try project.write("sub/keep", "")
        try files.createSymbolicLink(atPath: project.folder.path("link"), withDestinationPath: "real")
        try files.createSymbolicLink(atPath: project.folder.path("dangling"), withDestinationPath: "sub/made")
        try files.createSymbolicLink(
          atPath: project.folder.path("outside"), withDestinationPath: other.folder.path("secret"))
        try files.createSymbolicLink(atPath: project.folder.path("folder"), withDestinationPath: other.folder.path)
        let applied = try project.apply()
        #expect(project.read("real") == "new")
        #expect(project.read("sub/made") == "new")
        #expect(other.read("secret") == "old")
        #expect(other.read("x") == nil)
        for id in ["c", "d"] { #expect(applied.reason(id).contains("out of the project")) }
        #expect(try files.destinationOfSymbolicLink(atPath: project.folder.path("link")) == "real")
      }
    }
  }

  private func mode(_ path: String) throws -> Int {
    (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }
}
