import SQLite
import Testing

@Test func statementsOfAScriptSeeWhatTheOnesBeforeMade() throws {
  let connection = try Connection.inMemory()
  let text =
    "-- first\nCREATE TABLE t(x);\n INSERT INTO t VALUES (1), (2);;\n/* end */ SELECT sum(x) AS total FROM t -- é"
  var script = try connection.script(text)
  var seen: [(Int, String)] = []
  var total: SQLiteValue?
  while let statement = try script.next() {
    seen.append((statement.offset, statement.sql))
    while try statement.step() {
      #expect(statement.columnNames == ["total"])
      total = statement[0]
    }
  }
  #expect(seen.count == 3)
  #expect(seen.map(\.0) == [0, 29, 61])
  #expect(seen[1].1 == "INSERT INTO t VALUES (1), (2);")
  #expect(total == .integer(3))
}

@Test func faultOfAScriptIsLocated() throws {
  let connection = try Connection.inMemory()
  let text = "CREATE TABLE t(x);\nINSERT INTO t VALUES (1);\nSELECT missing FROM t;"
  let error = #expect(throws: SQLiteError.self) { try connection.runScript(text) }
  #expect(error?.offset == 52)
  #expect(error?.sql == "SELECT missing FROM t;")
  #expect(error?.message.contains("missing") == true)
  #expect(try connection.value("SELECT count(*) FROM t") == .integer(1))
}

@Test func textAfterANULIsNotSilentlyDropped() throws {
  let connection = try Connection.inMemory()
  #expect(throws: SQLiteError.self) { try connection.runScript("CREATE TABLE t(x);\u{0} DROP TABLE t") }
  #expect(try connection.value("SELECT count(*) FROM sqlite_schema") == .integer(0))
}

@Test func longScriptIsReadInLinearTime() throws {
  let connection = try Connection.inMemory()
  let text = "CREATE TABLE t(x);" + String(repeating: "INSERT INTO t VALUES (1);\n", count: 20_000)
  try connection.transaction { try connection.runScript(text) }
  #expect(try connection.value("SELECT count(*) FROM t") == .integer(20_000))
}

@Test(arguments: ["", "  ", "-- only this", "SELECT 1; SELECT 2", "SELECT", "SELECT 1 \u{0}"])
func prepareTakesExactlyOneStatement(text: String) throws {
  let connection = try Connection.inMemory()
  #expect(throws: SQLiteError.self) { _ = try connection.prepare(text) }
}
