import PlanModel
import TestSupport
import Testing

private func statements(_ text: String) -> [String] {
  let script = PostgresScript(text)
  return script.statements.map { "\($0.line) \(script.text($0.range))" }
}

@Test(arguments: [
  ("", []), (";;; -- a;b\n/* ; */", []), ("a; b", ["1 a", "1 b"]), ("\n a\n;\n\nb;", ["2 a", "5 b"]),
  ("a ';' \";\" $$;$$ $x$;$$;$x$; b", ["1 a ';' \";\" $$;$$ $x$;$$;$x$", "1 b"]),
  ("E'\\';' ; b", ["1 E'\\';'", "1 b"]), ("'\\'; b", ["1 '\\'", "1 b"]), ("e'\\\\'; b", ["1 e'\\\\'", "1 b"]),
  ("type'a'; b", ["1 type'a'", "1 b"]), ("'a''b;'; c", ["1 'a''b;'", "1 c"]),
  ("/* /* ; */ ; */ a; b", ["1 a", "1 b"]), ("(a; b); c", ["1 (a; b)", "1 c"]), ("a$b$; c$b$", ["1 a$b$", "1 c$b$"]),
  ("$1; $2", ["1 $1", "1 $2"]), ("a -- ;\n; b", ["1 a", "2 b"]), ("'open; a", ["1 'open; a"]),
  (
    "create or replace function f() begin atomic a; case when b then c end; d; end; e",
    ["1 create or replace function f() begin atomic a; case when b then c end; d; end", "1 e"]
  ),
  ("begin; create table f (a); end; c", ["1 begin", "1 create table f (a)", "1 end", "1 c"]),
])
func statementsAreCutAsPsqlCutsThem(text: String, expected: [String]) {
  #expect(statements(text) == expected)
}

@Test(arguments: [
  ("select '\\d'", false), ("select E'\\'' \\d", true), ("\\copy a", true), ("-- \\q\n", false), ("$$ \\d $$", false),
  ("\"\\\"", false), ("/* \\d */", false), ("'a\\' \\d", true), ("$$ $$ \\d", true), ("U&'\\0061'", false),
])
func aBackslashOutsideOfQuotesIsFound(text: String, isCommand: Bool) {
  #expect((PostgresScript(text).backslash != nil) == isCommand)
}

@Test(arguments: [
  ("select count(*) from t", true), ("SELECT a, sum(b) over (order by c) from t where d in (1, 2)", true),
  ("with x as (select 1) select * from x", true), ("values (1)", true), ("show work_mem", true), ("table t", true),
  ("select 'insert into t' from \"update\"", true), ("select my_function()", false), ("select \"count\"(1)", false),
  ("select nextval('s')", false), ("with x as (delete from t returning *) select * from x", false),
  ("select * into u from t", false), ("select * from t for update", false), ("insert into t values (1)", false),
  ("select 1; select 2", false), ("explain analyze delete from t", false), ("do $$ begin end $$", false),
])
func queriesThatOnlyReadAreTold(text: String, onlyReads: Bool) {
  #expect(PostgresScript(text).onlyReads == onlyReads)
}

@Test(
  arguments: [
    ("begin", "BEGIN"), ("START transaction", "START"), ("commit and chain", "COMMIT"), ("savepoint a", "SAVEPOINT"),
    ("prepare transaction 'a'", "PREPARE"), ("prepare p as select 1", nil), ("vacuum (full) t", "VACUUM"),
    ("create unique index concurrently i on t (a)", "CONCURRENTLY"), ("create database d", "CREATE DATABASE"),
    ("alter system set a = 1", "ALTER SYSTEM"), ("reindex schema s", "REINDEX SCHEMA"), ("create table t (a int)", nil),
    ("select 'commit'", nil), ("/* x */ END", "END"),
  ] as [(String, String?)])
func statementsThatLeaveATransactionAreTold(text: String, word: String?) {
  let statement = PostgresScript(text).statements[0]
  #expect((statement.transactionWord ?? statement.outsideWord) == word)
}

@Test func anyBytesAreCutIntoTokensThatStandOneBehindAnother() {
  var numbers = SeededGenerator(seed: 5)
  let pieces = [
    "'", "\"", "$", "$$", "$a$", "--", "/*", "*/", "\n", "E'", "\\", ";", ":x", "::", "[", "(", ")", "é", "1", "a", " ",
    "u&'",
  ]
  for _ in 0..<2000 {
    let text = (0..<Int.random(in: 0...12, using: &numbers)).map { _ in pieces.randomElement(using: &numbers)! }
      .joined()
    let bytes = Array(text.utf8)
    var end = 0
    for token in PostgresTokens(bytes) {
      #expect(token.range.lowerBound >= end && !token.range.isEmpty && token.range.upperBound <= bytes.count, "\(text)")
      #expect(bytes[end..<token.range.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x0A }, "\(text)")
      end = token.range.upperBound
    }
    _ = PostgresScript(text)
  }
}
