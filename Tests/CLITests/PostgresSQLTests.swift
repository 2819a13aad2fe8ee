internal import Foundation
internal import TestSupport
internal import Testing

/// `sql` on a real PostgreSQL server, through the binary.
struct PostgresSQLTests {
  private static let head = """
    execplan: 1
    title: Test
    id: p
    defaults: {database: "$DB"}
    steps:

    """

  /// The values of a step as `show`n in the journal.
  private func values(_ step: String, _ project: RunProject) throws -> String {
    try project.query("select \"values\" from checkpoints where step = '\(step)' order by rowid desc limit 1")
  }

  // MARK: Values

  @Test func valuesOfAQueryKeepTheirTypes() throws {
    let plan =
      Self.head + """
          - id: types
            sql:
              query: |
                select 7 as whole, -1.5 as part, 9007199254740993 as large, true as yes, null as nothing,
                  'a "b" \\ c' as text, date '2026-02-03' as day, '{"a": [1, null]}'::jsonb as json, array[1, 2] as list,
                  timestamptz '2026-02-03 04:05:06+00' at time zone 'UTC' as at
          - id: all
            needs: [types]
            sql: {query: "select n, n * n as square from generate_series(1, 3) n order by n desc", rows: all}
          - id: uses
            needs: [types, all]
            run: echo "${{ steps.types.values.whole }} ${{ steps.types.values.day }} ${{ steps.all.values.rows[0].square }}" > out
        """
    try withPostgresProject(plan) { project, _ in
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(
        try values("types", project)
          == #"{"whole":7,"part":-1.5,"large":9007199254740993,"yes":true,"nothing":null,"text":"a \"b\" \\ c","#
          + #""day":"2026-02-03","json":{"a":[1,null]},"list":[1,2],"at":"2026-02-03T04:05:06"}"#)
      #expect(
        try values("all", project) == #"{"rows":[{"n":3,"square":9},{"n":2,"square":4},{"n":1,"square":1}]}"#)
      #expect(project.folder.read("out") == "7 2026-02-03 9\n")
    }
  }

  @Test(arguments: [
    ("select * from generate_series(1, 2)", "the query gives more than one row; add \"rows: all\" or a LIMIT"),
    ("select 1 where false", "the query gives no row"),
    ("select 1 as a, 2 as a", "the query gives two columns called \"a\"; name one with AS"),
    ("insert into t values (1)", "the query gives no columns; use \"script\" for what gives none"),
    ("select 1; select 2", "\"query\" is one statement, and this has 2"),
    ("with x as (insert into t values (5) returning n) select * from x, generate_series(1, 2)", "more than one row"),
  ])
  func aQueryThatGivesNoRowOfValuesFailsAndLeavesNothing(_ query: String, _ message: String) throws {
    let plan =
      Self.head + """
          - id: q
            sql: {query: "\(query)"}
        """
    try withPostgresProject(plan) { project, database in
      _ = try database.query("create table t (n int)")
      let result = try project.run("apply")
      #expect(result.exit == 1)
      #expect(result.stderr.contains(message), "\(result)")
      #expect(try database.query("select count(*) from t") == "0")
    }
  }

  @Test func aQueryMayChangeDataAndGiveWhatItChanged() throws {
    let plan =
      Self.head + """
          - id: insert
            sql: {query: "insert into t values (1), (2) returning n * 10 as n", rows: all}
          - id: with
            needs: [insert]
            sql: {query: "with gone as (delete from t where n = 1 returning n) select count(*) as gone from gone"}
          - id: function
            needs: [with]
            sql: {query: "select add(7) as n"}
          - id: shown
            needs: [function]
            sql: {query: "show server_encoding"}
        """
    try withPostgresProject(plan) { project, database in
      _ = try database.query(
        "create table t (n int); create function add(int) returns int as 'insert into t values ($1) returning n' language sql;"
      )
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(try values("insert", project) == #"{"rows":[{"n":10},{"n":20}]}"#)
      #expect(try values("with", project) == #"{"gone":1}"#)
      #expect(try values("function", project) == #"{"n":7}"#)
      #expect(try values("shown", project) == #"{"server_encoding":"UTF8"}"#)
      #expect(try database.query("select string_agg(n::text, ',' order by n) from t") == "2,7")
    }
  }

  /// What is tried here would end the text, begin a comment, or run a command of psql.
  static let hostile = [
    "x'); drop table t; --", "\\'; drop table t; --", "\\\\'; drop table t", "$$; drop table t; $$",
    "a\n\\! touch owned\n",
    "`touch owned`", ":'USER'", "\u{1}\u{7f}ü🙂", "' || (select 'x') || '", "/* x", "\\q", "E'\\\\", "\\", "'", "''", "",
    "${{ x }}",
  ]

  @Test(arguments: hostile) func aValueIsNeverReadAsSQL(_ value: String) throws {
    let plan = """
      execplan: 1
      title: Test
      params: {value: {type: string, required: true}}
      databases: {here: "$DB"}
      defaults: {database: here}
      steps:
        - id: expression
          sql: {script: "insert into t values (1, ${{ params.value }}); insert into t values (2, 'a:b' || ${{ params.value }});"}
        - id: bound
          needs: [expression]
          sql: {file: load.sql, bind: {value: "${{ params.value }}", less: -1}}
        - id: asked
          needs: [bound]
          sql: {query: "select v from t where n = 1 and v = ${{ params.value }}"}
        - id: checked
          needs: [asked]
          check: [{sql: {query: "select count(*) from t where v = ${{ params.value }}", expect: {eq: 2}}}]
      """
    try withPostgresProject(plan) { project, database in
      _ = try database.query("create table t (n int, v text)")
      try project.folder.write(
        "load.sql", "insert into t values (3 -:less, :value); -- :value\ninsert into t values (5, ':value');\n")
      let result = try Execplan.run(["apply", "-p", "value=" + value], in: project.folder)
      #expect(result.exit == 0, "\(result)")
      let bytes = Data(value.utf8).map { String(format: "%02x", $0) }.joined()
      #expect(
        try database.query("select n, encode(convert_to(v, 'UTF8'), 'hex') from t order by n") == """
          1|\(bytes)
          2|613a62\(bytes)
          4|\(bytes)
          5|3a76616c7565
          """)
      #expect(project.folder.read("owned") == nil)
    }
  }

  // MARK: Transactions

  @Test(arguments: [
    "script: \"insert into t values (1); insert into t values (null);\"",
    "statements: [\"insert into t values (1)\", \"insert into t values (null)\"]", "file: load.sql",
  ])
  func aFailureLeavesNothingOfTheStep(_ body: String) throws {
    let plan =
      Self.head + """
          - id: load
            sql: {\(body)}
        """
    try withPostgresProject(plan) { project, database in
      _ = try database.query("create table t (n int not null)")
      try project.folder.write("load.sql", "insert into t values (1);\ninsert into t values (null);\n")
      let result = try project.run("apply")
      #expect(result.exit == 1)
      #expect(
        result.stderr.contains("violates not-null constraint: Failing row contains (null) (23502), in line "),
        "\(result)")
      #expect(try database.query("select count(*) from t") == "0")
    }
  }

  @Test func statementsAreCutWhereTheServerCutsThem() throws {
    let plan =
      Self.head + """
          - id: load
            sql: {file: load.sql}
        """
    let text = """
      /* a ; comment /* in ; a */ comment */ create table t (n int, v text);
      -- another ; one
      create function one() returns int language plpgsql as $body$ begin return 1; end $body$;
      create function two() returns int language sql begin atomic select case when true then 2 end; end;
      insert into t values (one(), ';'), (two(), $$;$$), (3, E'\\';'), (4, 'a\\');
      create rule more as on insert to t where new.n = 9 do also (select 1; select 2);
      do $$ begin raise notice 'loaded % rows', (select count(*) from t); end $$;
      insert into t select unnest((array[5, 6, 7])[lo:hi]), 'slice' from (values (2, 2)) v (lo, hi)
      """
    try withPostgresProject(plan) { project, database in
      try project.folder.write("load.sql", text)
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(try database.query("select n, v from t order by n") == "1|;\n2|;\n3|';\n4|a\\\n6|slice")
      let log = try project.run("logs", "load", "--stderr")
      #expect((log.stdout + log.stderr).contains("NOTICE: loaded 4 rows"), "\(log)")
    }
  }

  @Test func aTextThatNeedsToStandsOutsideOfATransaction() throws {
    let plan =
      Self.head + """
          - id: load
            sql: {script: "create table t (n int); insert into t values (1); commit; insert into t values (2);"}
          - id: index
            needs: [load]
            sql: {statements: ["create index concurrently i on t (n)", "vacuum t"]}
          - id: bad
            needs: [index]
            sql: {script: "begin; insert into t values (3); commit; insert into t values ('x');"}
        """
    try withPostgresProject(plan) { project, database in
      let result = try project.run("apply")
      #expect(result.exit == 1, "\(result)")
      #expect(result.stderr.contains("invalid input syntax for type integer: \"x\" (22P02), in line 1 of the script"))
      #expect(try database.query("select count(*) from t; select count(*) from pg_class where relname = 'i'") == "3\n1")
    }
  }

  // MARK: Messages

  @Test(arguments: [
    (
      "script: |-\n          select 1;\n\n          select *\n            from nope;",
      "relation \"nope\" does not exist (42P01), in line 4 of the script: \"from nope;\""
    ),
    (
      "statements: [\"select 1\", \"selec 2\"]",
      "syntax error at or near \"selec\" (42601), in line 1 of statement 2: \"selec 2\""
    ),
    (
      "query: |-\n          select\n            nope",
      "column \"nope\" does not exist (42703), in line 2 of the query: \"nope\""
    ),
    (
      "file: load.sql",
      "a backslash begins a command of psql, which is never run, in line 2 of \"load.sql\": \"\\! touch owned\""
    ),
    ("file: copy.sql", "COPY … FROM STDIN has no data here, in line 1 of \"copy.sql\": \"copy t from stdin;\""),
    ("script: \"select :x\"", "\":x\" has no value, in line 1 of the script: \"select :x\"; add it to \"bind\""),
    (
      "query: \"select length(repeat('x', 17000000))::text || repeat('x', 17000000)\"",
      "the query gives more than 16 MiB of rows"
    ),
  ])
  func aFailureSaysWhatAndWhere(_ body: String, _ message: String) throws {
    let plan =
      Self.head + """
          - id: load
            sql:
              \(body)
        """
    try withPostgresProject(plan) { project, database in
      try project.folder.write("load.sql", "select 1;\n\\! touch owned\n")
      try project.folder.write("copy.sql", "copy t from stdin;\n1\n\\.\n")
      let result = try project.run("apply")
      #expect([1, 3].contains(result.exit))
      #expect(result.stderr.contains(message), "\(result)")
      #expect(project.folder.read("owned") == nil)
    }
  }

  @Test func aServerThatIsNotThereIsNamed() throws {
    let plan =
      Self.head.replacingOccurrences(of: "$DB", with: "postgres:host=$OUT/none dbname=x") + """
          - id: load
            sql: {query: "select 1"}
        """
    try withRunProject(plan) { project in
      let result = try project.run("apply")
      #expect(result.exit == 1)
      #expect(result.stderr.contains("connection to server on socket \"\(project.outside.path)/none"), "\(result)")
      #expect(result.stderr.contains("No such file or directory"), "\(result)")
      #expect(try project.query("select exit_code from attempts") == "2")
    }
  }

  @Test func withoutPsqlNothingIsBegun() throws {
    let plan =
      Self.head + """
          - id: first
            run: touch ran
          - id: load
            sql: {query: "select 1"}
        """
    try withPostgresProject(plan) { project, _ in
      let result = try project.run("apply", env: ["PATH": "/nowhere"])
      #expect(result.exit == 5, "\(result)")
      #expect(result.stderr.contains("there is no command \"psql\", which \"load\" needs for PostgreSQL"), "\(result)")
      #expect(project.folder.read("ran") == nil)
    }
  }

  // MARK: Connections

  @Test func aDatabaseHasANameAndAProfileMayMoveIt() throws {
    let plan = """
      execplan: 1
      title: Test
      params: {name: "$NAME"}
      databases:
        shop: {postgres: {host: "$HOST", user: execplan, database: "${{ params.name }}", application_name: shop}}
        notes: "sqlite:notes.db"
      profiles:
        other: {databases: {shop: "sqlite:shop.db"}}
      defaults: {database: shop}
      steps:
        - {id: make, sql: {script: "create table t (n integer); insert into t values (1)"}}
        - {id: note, needs: [make], sql: {database: notes, script: "create table n (t)"}}
        - {id: ask, needs: [note], sql: {query: "select count(*) as n from t"}}
      """
    let database = try PostgresServer.shared.makeDatabase()
    defer { database.remove() }
    let text = plan.replacingOccurrences(of: "$NAME", with: database.name).replacingOccurrences(
      of: "$HOST", with: database.host)
    try withRunProject(text) { project in
      let result = try project.run("apply")
      #expect(result.exit == 0, "\(result)")
      #expect(try database.query("select count(*) from t") == "1")
      #expect(try project.query("select name from sqlite_schema", in: "notes.db") == "n")
      let other = try project.run("apply", "--profile", "other", "--fresh")
      #expect(other.exit == 1 && other.stderr.contains("table n already exists"), "\(other)")
      #expect(try project.query("select count(*) from t", in: "shop.db") == "1")
    }
  }

  /// The connection is in a secret, and so is the password: neither is in arguments, nor in what is kept.
  @Test func aSecretConnectionIsShownNowhere() throws {
    let plan = """
      execplan: 1
      title: Test
      secrets: {URL: {env: SHOP_URL}, WORD: {env: SHOP_WORD}}
      databases:
        shop: "postgres:${{ secrets.URL }}"
        same: {postgres: {host: "$HOST", user: execplan, dbname: "$NAME", password: "${{ secrets.WORD }}"}}
      steps:
        - id: hold
          sql: {database: shop, query: "select pg_sleep(60)::text as a, current_setting('application_name') as b"}
        - id: other
          sql: {database: same, query: "select current_database() as name"}
      """
    let database = try PostgresServer.shared.makeDatabase()
    defer { database.remove() }
    let text = plan.replacingOccurrences(of: "$NAME", with: database.name).replacingOccurrences(
      of: "$HOST", with: database.host)
    let word = "correct-horse-battery"
    let env = [
      "SHOP_URL": database.url.replacingOccurrences(of: "execplan@", with: "execplan:\(word)@"), "SHOP_WORD": word,
    ]
    try withRunProject(text) { project in
      let program = try project.start("apply", "-j2", env: env)
      while program.isRunning, try database.sessions() == 0 { usleep(20_000) }
      let arguments = try Execplan.runOther(
        "/bin/sh", ["-c", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"], in: project.folder)
      #expect(arguments.stdout.contains("psql -X"))
      #expect(!arguments.stdout.contains(word))
      program.send(signal: SIGINT)
      let result = program.wait()
      #expect(result.exit == 130, "\(result)")
      #expect(try values("other", project) == "{\"name\":\"\(database.name)\"}")
      let kept = try Execplan.runOther("/bin/sh", ["-c", "grep -r '\(word)' . || echo none"], in: project.folder)
      #expect(kept.stdout == "none\n")
    }
  }
}
