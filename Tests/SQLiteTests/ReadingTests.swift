import Foundation
import SQLite
import TestSupport
import Testing

/// Names, contents, modes and times of all files in a folder.
private func contents(_ folder: TemporaryFolder) throws -> [String: String] {
  var found: [String: String] = [:]
  for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name))
    let data = FileManager.default.contents(atPath: folder.path(name)) ?? Data()
    found[name] =
      "\(data.base64EncodedString()) \(attributes[.modificationDate] ?? "") \(attributes[.posixPermissions] ?? "")"
  }
  return found
}

/// The `sqlite3` shell that ran a script and was killed before it could close the database.
private func killedShell(_ database: String, _ script: String, whileAlive: () throws -> Void = {}) throws {
  let shell = Process()
  shell.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  shell.arguments = ["sqlite3", database]
  let input = Pipe()
  let output = Pipe()
  shell.standardInput = input
  shell.standardOutput = output
  try shell.run()
  input.fileHandleForWriting.write(Data((script + "\nSELECT 'done';\n").utf8))
  var seen = ""
  while !seen.contains("done") {
    let data = output.fileHandleForReading.availableData
    if data.isEmpty { break }
    seen += String(decoding: data, as: UTF8.self)
  }
  #expect(seen.contains("done"))
  defer {
    kill(shell.processIdentifier, SIGKILL)
    shell.waitUntilExit()
  }
  try whileAlive()
}

private let twoRows = "PRAGMA journal_mode=WAL; CREATE TABLE t(x); INSERT INTO t VALUES (1), (2);"

private func count(_ path: String) throws -> SQLiteValue?? {
  try Connection.reading(path) { try $0.value("SELECT count(*) FROM t") }
}

@Test func readingACleanlyClosedDatabaseChangesNothing() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path("a.db")
  do {
    let writer = try Connection(path: path, access: .create)
    try writer.runScript(twoRows)
  }
  let before = try contents(folder)
  #expect(before.keys.sorted() == ["a.db"])
  #expect(try count(path) == .integer(2))
  #expect(try contents(folder) == before)
}

@Test func readingAfterAKillChangesNothing() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path("a.db")
  try killedShell(path, twoRows)
  let before = try contents(folder)
  #expect(before.keys.sorted() == ["a.db", "a.db-shm", "a.db-wal"])
  #expect(try count(path) == .integer(2))
  #expect(try contents(folder) == before)
}

@Test func readingALogWithoutItsIndexChangesNothing() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path("a.db")
  try killedShell(path, twoRows)
  try FileManager.default.removeItem(atPath: path + "-shm")
  let before = try contents(folder)
  #expect(try count(path) == .integer(2))
  #expect(try contents(folder) == before)
}

/// The writer was killed after it had begun the log anew, with other salts, and before it wrote the index: SQLite
/// itself waits for that writer for ever. The limit is for that alone: on a busy machine a test waits for its turn.
@Test(.timeLimit(.minutes(60))) func readingALogThatWasBegunAnewWaitsForNobody() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path("a.db")
  try killedShell(path, twoRows + "PRAGMA wal_checkpoint;")
  var log = try #require(FileManager.default.contents(atPath: path + "-wal")).prefix(32)
  for place in 16..<32 { log[place] ^= 0x5A }
  try log.write(to: URL(fileURLWithPath: path + "-wal"))
  let before = try contents(folder)
  #expect(try count(path) == .integer(2))
  #expect(try contents(folder) == before)
}

@Test func readingAHalfDoneRollbackJournalChangesNothing() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path("a.db")
  // A small cache makes SQLite write uncommitted pages into the database itself.
  try killedShell(
    path,
    """
    PRAGMA cache_size=2; CREATE TABLE t(x); INSERT INTO t VALUES (1), (2); BEGIN;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
    INSERT INTO t SELECT randomblob(500) FROM n;
    """)
  let before = try contents(folder)
  #expect(before.keys.sorted() == ["a.db", "a.db-journal"])
  #expect(try count(path) == .integer(2))
  #expect(try contents(folder) == before)
}

@Test func readingBesideALiveWriterChangesNothing() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path("a.db")
  try killedShell(path, twoRows) {
    let before = try contents(folder)
    #expect(before.keys.sorted() == ["a.db", "a.db-shm", "a.db-wal"])
    #expect(try count(path) == .integer(2))
    #expect(try contents(folder) == before)
  }
}

@Test func readingWhatThisProcessWritesKeepsItsLocks() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path("a.db")
  let writer = try Connection(path: path, access: .create)
  #expect(try writer.configure(.writeAheadLog) == .writeAheadLog)
  try writer.runScript("CREATE TABLE t(x); INSERT INTO t VALUES (1), (2);")
  #expect(try count(path) == .integer(2))
  // A shell that opens and closes deletes the log if it believes to be the last one.
  #expect(try shell(path, "INSERT INTO t VALUES (3)") == 0)
  #expect(FileManager.default.fileExists(atPath: path + "-wal"))
  try writer.run("INSERT INTO t VALUES (4)")
  #expect(try count(path) == .integer(4))
}

@Test func readingAnOpenTransactionOfThisProcessKeepsItsLock() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path("a.db")
  let writer = try Connection(path: path, access: .create)
  try writer.runScript("CREATE TABLE t(x); INSERT INTO t VALUES (1), (2);")
  try writer.transaction {
    try writer.run("INSERT INTO t VALUES (3)")
    #expect(try count(path) == .integer(2))
    // Busy: the lock is still ours.
    #expect(try shell(path, "INSERT INTO t VALUES (4)") != 0)
  }
  #expect(try count(path) == .integer(3))
}

@Test func readIsRepeatedWhenAWriterCameBetween() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path("a.db")
  #expect(try shell(path, twoRows) == 0)
  var calls = 0
  let rows = try Connection.reading(path) { connection in
    calls += 1
    if calls == 1 { #expect(try shell(path, "INSERT INTO t VALUES (3)") == 0) }
    return try connection.value("SELECT count(*) FROM t")
  }
  #expect(rows == .integer(3))
  #expect(calls == 2)
}

/// Runs the `sqlite3` shell and gives its exit code.
private func shell(_ database: String, _ script: String) throws -> Int32 {
  let shell = Process()
  shell.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  shell.arguments = ["sqlite3", database, script]
  shell.standardOutput = FileHandle.nullDevice
  shell.standardError = FileHandle.nullDevice
  try shell.run()
  shell.waitUntilExit()
  return shell.terminationStatus
}

@Test func readersBesideAWriterNeverFailOrGoBack() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path("a.db")
  let shell = Process()
  shell.executableURL = URL(fileURLWithPath: "/bin/sh")
  // Each shell opens, writes and closes: the log and its index come and go.
  shell.arguments = [
    "-c",
    "for i in $(seq 60); do sqlite3 -cmd '.timeout 20000' \"$0\" 'PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS t(x);"
      + " INSERT INTO t VALUES (1);' >/dev/null; done", path,
  ]
  try shell.run()
  var last: Int64 = 0
  var reads = 0
  while shell.isRunning || reads == 0 {
    do {
      if case .integer(let rows)?? = try count(path) {
        #expect(rows >= last)
        last = rows
        reads += 1
      }
    } catch let error as SQLiteError where error.message.contains("no such table") {
      #expect(last == 0)
    }
  }
  #expect(try count(path) == .integer(60))
}

@Test func missingDatabaseIsNoError() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  #expect(try count(folder.path("none.db")) == nil)
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  #expect(throws: SQLiteError.self) { _ = try count(folder.path) }
  try folder.write("text.db", String(repeating: "this is no database\n", count: 100))
  let error = #expect(throws: SQLiteError.self) { _ = try count(folder.path("text.db")) }
  #expect(error?.kind == .notADatabase)
}

@Test func readingRefusesToWrite() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let path = folder.path("a.db")
  do { try Connection(path: path, access: .create).runScript(twoRows) }
  let error = #expect(throws: SQLiteError.self) {
    _ = try Connection.reading(path) { try $0.run("INSERT INTO t VALUES (9)") }
  }
  #expect(error?.kind == .readOnly)
  #expect(try count(path) == .integer(2))
}

@Test func readingFollowsALink() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  try FileManager.default.createDirectory(atPath: folder.path("real"), withIntermediateDirectories: true)
  try killedShell(folder.path("real/a.db"), twoRows)
  try FileManager.default.createSymbolicLink(atPath: folder.path("link.db"), withDestinationPath: "real/a.db")
  #expect(try count(folder.path("link.db")) == .integer(2))
}
