internal import Foundation
internal import TestSupport
internal import Testing

/// `execplan test` with databases of a server that are copied, too.
struct PostgresCrashTests {
  private let plan = """
    execplan: 1
    title: Rows
    id: rows
    steps:
      - id: schema
        on_interrupt: rerun
        sql:
          database: "postgres:"
          script: |
            create table if not exists once (id serial primary key, name text, at timestamptz);
            create table if not exists more (name text);
            create table if not exists parts (once int references once, part text);
      - id: once
        needs: [schema]
        once: true
        sql:
          database: "postgres:"
          exactly_once: true
          script: |
            insert into once (name, at) values ('Ada', now());
            insert into parts select id, 'a' from once;
      - id: more
        needs: [once]
        once: true
        on_interrupt: rerun
        sql: {database: "postgres:", script: "insert into more values ('Ada')"}

    """

  @Test func rowsThatAreInsertedTwiceAreSeenAndNumbersThatAreCountedUpAreNot() throws {
    let database = try PostgresServer.shared.makeDatabase()
    defer { database.remove() }
    // Whose databases are those of this test.
    let role = "crash_\(database.name)"
    _ = try database.query("create table kept (a int); create role \(role) superuser login")
    defer { _ = try? database.query("drop role \(role)") }
    let environment = database.environment.merging(["PGUSER": role]) { $1 }
    try withRunProject(plan) { project in
      let result = try project.run("test", "-q", "-j", "2", "--copy-databases", env: environment)
      let words = result.stdout.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      #expect(result.exit == 1, "\(result)")
      #expect(words.contains(["schema", "same", "same", "same", "same"]), "\(result)")
      #expect(words.contains(["once", "same", "same", "same", "same"]), "\(result)")
      #expect(words.contains { $0.first == "more" && $0.count == 5 && $0[3] == "differs" }, "\(result)")
      #expect(result.stdout.contains("more appends without a guard"), "\(result)")
      #expect(
        result.stdout.contains("seen: postgres:\(database.name) \"public.more\" has 2 rows in place of 1"), "\(result)")
      #expect(result.stdout.contains("\"public.once\" has other values in \"at\" each time"), "\(result)")
      #expect(try database.query("select count(*) from pg_class where relname in ('kept', 'once')") == "1")
      let left = try database.query("select count(*) from pg_database where pg_get_userbyid(datdba) = '\(role)'")
      #expect(left == "0")
    }
  }

  @Test func aDatabaseThatThePlanNamesCannotBeCopied() throws {
    try withPostgresProject(
      "execplan: 1\ntitle: N\nsteps:\n  - {id: a, sql: {database: \"$DB\", script: \"select 1\"}}\n"
    ) { project, database in
      let copied = try project.run("test", "--copy-databases", env: database.environment)
      #expect(copied.exit == 5 && copied.stderr.contains("a: names its server or database"), "\(copied)")
      let shared = try project.run("test", env: database.environment)
      #expect(shared.exit == 5 && shared.stderr.contains("execplan test p.execplan.yaml --allow-outside"), "\(shared)")
    }
    try withRunProject(plan) { project in
      let asked = try project.run("test")
      #expect(asked.exit == 5 && asked.stderr.contains("execplan test p.execplan.yaml --copy-databases\n"), "\(asked)")
      let away = try project.run("test", "--copy-databases", env: ["PGHOST": "/nowhere"])
      #expect(away.exit == 5 && away.stderr.contains("no copy of the project can have"), "\(away)")
    }
  }
}
