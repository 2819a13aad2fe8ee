internal import SQLite
internal import Testing

@testable internal import Executor

/// A cancellation that came before the statement, or between two of them, ends it: SQLite forgets such an interrupt.
@Test func aStatementThatBeginsAfterACancellationEnds() throws {
  let connection = try Connection.inMemory()
  let cancellation = Cancellation()
  cancellation.cancel()
  let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
  do {
    _ = try cancellation.covering(connection) { try connection.value(endless) }
    Issue.record("it came to an end")
  } catch {
    #expect((error as? SQLiteError)?.kind == .interrupted)
  }
  // Afterwards the connection is as before.
  let one = try connection.value("SELECT 1")
  #expect(one == .integer(1))
}
