import Foundation
import SQLite
import Synchronization
import TestSupport
import Testing

@Test func valuesComeBackWithTheirType() throws {
  let connection = try Connection.inMemory()
  let values: [SQLiteValue] = [
    .null, .integer(.min), .real(1.5), .text(""), .text("a\u{0}b é"), .blob([]), .blob([0, 255]),
  ]
  for value in values {
    #expect(try connection.value("SELECT ?1", value) == value)
  }
}

@Test func parametersAreKnownByNameAndNumber() throws {
  let connection = try Connection.inMemory()
  let statement = try connection.prepare("SELECT :one, ?5, @two")
  #expect(statement.parameterCount == 6)
  #expect(statement.parameterName(1) == ":one")
  #expect(statement.parameterIndex("@two") == 6)
  #expect(statement.parameterIndex(":none") == nil)
  #expect(statement.parameterName(2) == nil)
  try statement.bind(.integer(7), at: 6)
  #expect(try statement.step())
  #expect(statement.row == [.null, .null, .integer(7)])
  #expect(throws: SQLiteError.self) { try statement.bind([.null, .null, .null, .null, .null, .null, .null]) }
  #expect(throws: SQLiteError.self) { try statement.bind(.null, at: 0) }
  #expect(statement[99] == .null)
}

@Test func failedTransactionLeavesNothing() throws {
  struct Stop: Error {}
  let connection = try Connection.inMemory()
  try connection.run("CREATE TABLE t(x UNIQUE)")
  #expect(throws: Stop.self) {
    try connection.transaction {
      try connection.run("INSERT INTO t VALUES (1)")
      #expect(!connection.isAutocommit)
      throw Stop()
    }
  }
  #expect(connection.isAutocommit)
  #expect(try connection.value("SELECT count(*) FROM t") == .integer(0))
  // A COMMIT inside shows in the autocommit state.
  #expect(throws: SQLiteError.self) { try connection.transaction { try connection.run("COMMIT") } }
  #expect(connection.isAutocommit)
}

@Test func failedStatementCanBeUsedAgain() throws {
  let connection = try Connection.inMemory()
  try connection.run("CREATE TABLE t(x UNIQUE)")
  for _ in 0..<2 {
    try? connection.run("INSERT INTO t VALUES (?1)", .integer(1))
  }
  let error = #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO t VALUES (?1)", .integer(1)) }
  #expect(error?.kind == .constraint)
  // SQLITE_CONSTRAINT_UNIQUE: the extended code.
  #expect(error?.code == 2067)
  let kept = try connection.cached("INSERT INTO t VALUES (?1)")
  #expect(try connection.cached("INSERT INTO t VALUES (?1)") === kept)
  try kept.bind([.integer(1)])
  #expect(throws: SQLiteError.self) { _ = try kept.step() }
  #expect(try connection.cached("INSERT INTO t VALUES (?1)") !== kept)
  try connection.run("INSERT INTO t VALUES (?1)", .integer(2))
  #expect(connection.changes == 1)
}

@Test func cachedStatementMayBeUsedWithinItself() throws {
  let connection = try Connection.inMemory()
  let sql = "SELECT value FROM json_each(?1)"
  let outer = try connection.cached(sql)
  try outer.bind([.text("[1,2,3]")])
  var seen: [SQLiteValue] = []
  while try outer.step() {
    seen.append(outer[0])
    seen += try connection.rows(sql, .text("[9]")).flatMap { $0 }
  }
  #expect(seen == [1, 9, 2, 9, 3, 9].map { .integer($0) })
}

@Test func manyTextsDoNotFillTheCache() throws {
  let connection = try Connection.inMemory()
  let held = try connection.cached("SELECT 'held'")
  #expect(try held.step())
  for index in 0..<500 { #expect(try connection.value("SELECT \(index)") == .integer(Int64(index))) }
  #expect(held[0] == .text("held"))
}

@Test func statementOutlivesItsConnection() throws {
  var connection: Connection? = try Connection.inMemory()
  let statement = try #require(try connection?.prepare("SELECT 1"))
  let interrupter = try #require(connection?.interrupter)
  connection = nil
  interrupter.interrupt()
  #expect(try statement.step())
  #expect(statement[0] == .integer(1))
}

private let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"

@Test func anotherThreadInterruptsAStatement() throws {
  let connection = try Connection.inMemory()
  let interrupter = connection.interrupter
  let isOver = Atomic(false)
  let done = DispatchSemaphore(value: 0)
  Thread.detachNewThread {
    // Again and again: an interrupt before the statement begins is nothing.
    while !isOver.load(ordering: .relaxed) {
      interrupter.interrupt()
      usleep(10_000)
    }
    done.signal()
  }
  let error = #expect(throws: SQLiteError.self) { _ = try connection.value(endless) }
  isOver.store(true, ordering: .relaxed)
  done.wait()
  #expect(error?.kind == .interrupted)
}

@Test func progressHandlerStopsAStatement() throws {
  let connection = try Connection.inMemory()
  var calls = 0
  connection.setProgressHandler(every: 100) {
    calls += 1
    return calls > 3
  }
  let error = #expect(throws: SQLiteError.self) { _ = try connection.value(endless) }
  #expect(error?.kind == .interrupted)
  #expect(calls == 4)
  connection.setProgressHandler(every: 100, nil)
  #expect(try connection.value("SELECT count(*) FROM json_each('[1,2,3]')") == .integer(3))
}

@Test func configurationIsReadBack() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let connection = try Connection(path: folder.path("a.db"), access: .create)
  #expect(try connection.configure(.writeAheadLog) == .writeAheadLog)
  #expect(try connection.value("PRAGMA synchronous") == .integer(2))
  #expect(try connection.value("PRAGMA wal_autocheckpoint") == .integer(0))
  let other = try Connection(path: folder.path("b.db"), access: .create)
  #expect(try other.configure(.rollbackJournal) == .rollbackJournal)
  #expect(try other.value("PRAGMA journal_mode") == .text("delete"))
  #expect(try other.value("PRAGMA synchronous") == .integer(3))
  // A database in memory cannot have a log, and says so.
  let memory = try Connection.inMemory()
  #expect(throws: SQLiteError.self) { _ = try memory.configure(.writeAheadLog) }
}

@Test(arguments: [":memory:", "file:x?mode=memory", "a b%20#?.db", "é'\".db"])
func oddNamesAreFiles(name: String) throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path(name)
  do {
    let connection = try Connection(path: path, access: .create)
    try connection.runScript("CREATE TABLE t(x); INSERT INTO t VALUES (5)")
  }
  #expect(FileManager.default.fileExists(atPath: path))
  #expect(try Connection.reading(path) { try $0.value("SELECT x FROM t") } == .integer(5))
}

@Test(arguments: [Connection.Access.readWrite, .readOnly])
func missingFileIsNotMade(access: Connection.Access) throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  #expect(throws: SQLiteError.self) { _ = try Connection(path: folder.path("none.db"), access: access) }
  #expect(throws: SQLiteError.self) { _ = try Connection(path: folder.path("a\u{0}.db"), access: .create) }
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
}

@Test func waitingForALockEndsWhenItIsNoLongerWanted() throws {
  try withTemporaryFolder { folder in
    let path = folder.path("a.db")
    let holder = try Connection(path: path, access: .create)
    try holder.run("CREATE TABLE t (n)")
    try holder.run("BEGIN IMMEDIATE")
    let other = try Connection(path: path, access: .readWrite)
    var asked = 0
    // An hour: only the answer ends it.
    other.waitForLocks(timeout: 3_600_000) {
      asked += 1
      return asked == 4
    }
    let error = #expect(throws: SQLiteError.self) { try other.run("BEGIN IMMEDIATE") }
    #expect(error?.kind == .busy && asked == 4)
    try holder.run("COMMIT")
    try other.run("BEGIN IMMEDIATE")
  }
}
