import Foundation
import Journal
import PlanModel
import SQLite
import TestSupport
import Testing

@Test func missingJournalReadsAsEmptyAndIsNotMade() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try JournalReader(state).read { journal throws(JournalError) in
    #expect(try journal.uuid() == nil)
    #expect(try journal.plans().isEmpty)
    #expect(try journal.history(plan: "p").isEmpty)
    #expect(try journal.unfinishedRun(plan: "p") == nil)
    #expect(try journal.liveOutputs().isEmpty)
  }
  #expect(try PlanLock.status(state, plan: "p") == .free)
  #expect(MarksFile.read(state, leg: 1, nonce: "") == nil)
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
}

@Test func stateDirectoryIsPrivateAndIgnoredByGit() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try state.create()
  #expect(folder.read(".execplan/.gitignore") == "*\n")
  // What a crash left half made is completed.
  try folder.write(".execplan/.gitignore", "")
  try FileManager.default.removeItem(atPath: state.marks)
  try state.create()
  #expect(folder.read(".execplan/.gitignore") == "*\n")
  #expect(FileManager.default.fileExists(atPath: state.marks))
  try folder.write("other/.execplan", "a file")
  #expect(throws: JournalError.self) { try StateDirectory(root: folder.path("other")).create() }
  #expect(throws: JournalError.self) { try StateDirectory(root: folder.path("other/.execplan/no")).create() }
  // What is missing above it is made.
  try StateDirectory(root: folder.path("no/such")).create()
  #expect(folder.read("no/such/.execplan/.gitignore") == "*\n")
}

@Test func hostileUmaskDoesNotLockUsOut() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let child = try ChildRole.hostileUmask.start(root: folder.path)
  defer {
    kill(child.processIdentifier, SIGKILL)
    child.waitUntilExit()
  }
  #expect(ChildRole.wait(folder.path, lines: 1, while: child))
  let state = folder.path(".execplan")
  var files = 0
  for name in (FileManager.default.subpaths(atPath: state) ?? []) + ["."] {
    let attributes = try FileManager.default.attributesOfItem(atPath: state + "/" + name)
    let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
    #expect(attributes[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(name)")
    if !isFolder { files += 1 }
  }
  // journal.db, -wal, -shm, .gitignore, two locks, one marks file
  #expect(files == 7)
}

@Test func newerJournalIsRefusedAndUntouched() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try Journal(state).close()
  do {
    let connection = try Connection(path: state.journal, access: .readWrite)
    try connection.run("PRAGMA user_version=99")
  }
  let error = JournalError.newer(found: 99, known: Schema.migrations.count)
  let before = FileManager.default.contents(atPath: state.journal)
  #expect(throws: error) { _ = try Journal(state) }
  #expect(throws: error) { try JournalReader(state).read { _ in } }
  #expect(FileManager.default.contents(atPath: state.journal) == before)
}

@Test func otherDatabasesAndGarbageAreRefused() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try state.create()
  do {
    let connection = try Connection(path: state.journal, access: .create)
    try connection.run("CREATE TABLE somebody_elses(x)")
  }
  let opened = #expect(throws: JournalError.self) { _ = try Journal(state) }
  guard case .damaged = opened else { return #expect(Bool(false), "\(String(describing: opened))") }
  try folder.write(".execplan/journal.db", String(repeating: "garbage ", count: 1000))
  let read = #expect(throws: JournalError.self) { try JournalReader(state).read { _ in } }
  guard case .damaged = read else { return #expect(Bool(false), "\(String(describing: read))") }
  #expect(throws: JournalError.self) { _ = try Journal(state) }
}

@Test func olderJournalIsMigratedByWritersAndReadWithoutByReaders() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  let old = try Journal(state)
  let run = try old.nextRunID()
  try old.commit([.beginRun(sampleRun(run))])
  try old.close()
  let newer = Schema.migrations + ["ALTER TABLE runs ADD COLUMN note TEXT; CREATE TABLE later(x);"]
  let before = try treeContents(state.path)
  let reader = JournalReader(state, migrations: newer)
  #expect(try reader.read { journal throws(JournalError) in try journal.run(run) } == sampleRun(run))
  #expect(try treeContents(state.path) == before)
  // Not while somebody executes.
  let live = try #require(try StateLock.shared(state, timeout: .zero))
  let error = #expect(throws: JournalError.self) {
    _ = try Journal(state, lockTimeout: .seconds(5), migrations: newer)
  }
  guard case .busy = error else { return #expect(Bool(false), "\(String(describing: error))") }
  withExtendedLifetime(live) {}
}

@Test func migrationKeepsWhatIsThere() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  let old = try Journal(state)
  let run = try old.nextRunID()
  try old.commit([.beginRun(sampleRun(run))])
  try old.close()
  let newer = Schema.migrations + ["CREATE TABLE later(x);"]
  let migrated = try Journal(state, lockTimeout: .seconds(5), migrations: newer)
  #expect(migrated.uuid == old.uuid)
  #expect(try migrated.read { journal throws(JournalError) in try journal.run(run) } == sampleRun(run))
  try migrated.close()
  #expect(throws: JournalError.newer(found: newer.count, known: Schema.migrations.count)) { _ = try Journal(state) }
}

@Test func emptyFileOfACrashBecomesAJournal() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  try state.create()
  try folder.write(".execplan/journal.db", "")
  try JournalReader(state).read { journal throws(JournalError) in #expect(try journal.uuid() == nil) }
  let journal = try Journal(state)
  #expect(journal.uuid.utf8.count == 32)
  #expect(journal.usesWriteAheadLog)
}

@Test(arguments: [false, true]) func deletedJournalIsNoticed(replaced: Bool) throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  let journal = try Journal(state)
  try journal.verifyIdentity()
  try FileManager.default.removeItem(atPath: state.path)
  if replaced { try Journal(state).close() }
  #expect(throws: JournalError.gone(state.journal)) { try journal.verifyIdentity() }
  #expect(throws: JournalError.gone(state.journal)) { try journal.commit([.beginRun(sampleRun(1))]) }
  // Once lost, never again, even if the file should come back.
  #expect(throws: JournalError.gone(state.journal)) { try journal.commit([.beginRun(sampleRun(1))]) }
}

@Test func deletedWriteLockIsNoticed() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  let journal = try Journal(state)
  try FileManager.default.removeItem(atPath: state.locks + "/write")
  #expect(throws: JournalError.gone(state.locks + "/write")) { try journal.commit([.beginRun(sampleRun(1))]) }
}

@Test func twoWritersNeverGetTheSameIDs() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let children = try (0..<2).map { _ in try ChildRole.ids.start(root: folder.path) }
  for child in children { child.waitUntilExit() }
  let lines = ChildRole.lines(folder.path)
  #expect(lines.count == 2 * 3 * 202)
  #expect(Set(lines).count == lines.count)
}

@Test func closedJournalLeavesNoLogAndRefusesWrites() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  let journal = try Journal(state)
  try journal.commit([.beginRun(sampleRun(1))])
  #expect(FileManager.default.fileExists(atPath: state.journal + "-wal"))
  try journal.close()
  #expect(!FileManager.default.fileExists(atPath: state.journal + "-wal"))
  #expect(throws: JournalError.self) { try journal.commit([.beginRun(sampleRun(2))]) }
}

@Test func logIsCheckpointedBeforeItGrowsLong() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  let journal = try Journal(state)
  try journal.commit([.beginRun(sampleRun(1))])
  // About 16 MiB in all.
  let payload = [Value.Entry("text", .string(String(repeating: "x", count: 100_000)))]
  for index in 0..<160 { try journal.commit([.event(run: 1, Event(.output, at: Int64(index), payload: payload))]) }
  let size = try FileManager.default.attributesOfItem(atPath: state.journal + "-wal")[.size] as? Int
  #expect(try #require(size) < 6 << 20)
}

@Test func damagedRowsAreErrorsNotTraps() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  let journal = try Journal(state)
  let attempt = sampleAttempt(1, run: 1, leg: 1, step: "a")
  try journal.commit([
    .beginRun(sampleRun(1)), .beginLeg(sampleLeg(1, run: 1)), .claim(attempt),
    .checkpoint(sampleCheckpoint(run: 1, step: "a", attempt: 1)),
  ])
  try journal.close()
  for damage in [
    "UPDATE attempts SET definition = 'xyz'", "UPDATE attempts SET state = 'asleep'",
    "UPDATE checkpoints SET \"values\" = '{\"a\":'", "UPDATE checkpoints SET input_files = '[[1]]'",
    "UPDATE checkpoints SET need_results = '[]'",
    "UPDATE checkpoints SET pending = replace(hex(zeroblob(9999)), '00', '[')",
  ] {
    let saved = try #require(FileManager.default.contents(atPath: state.journal))
    do { try Connection(path: state.journal, access: .readWrite).run(damage) }
    let error = #expect(throws: JournalError.self) {
      try JournalReader(state).read { journal throws(JournalError) in try journal.history(plan: "p") }
    }
    guard case .damaged = error else { return #expect(Bool(false), "\(damage): \(String(describing: error))") }
    try saved.write(to: URL(fileURLWithPath: state.journal))
  }
}
