import Digest
import Foundation
import Journal
import PlanModel
import SQLite
import TestSupport
import Testing

/// What attempts used of the machine came with the second format of the journal.
@Suite struct UsageTests {
  static let usage = AttemptUsage(
    userTime: 1_234_567, systemTime: 499, peakMemory: 50 << 20, readBytes: 4096, writtenBytes: 1 << 40)

  /// A journal as the first format was written, with one attempt in it.
  private func oldJournal(_ state: StateDirectory) throws {
    try state.create()
    let connection = try Connection(path: state.journal, access: .create)
    try connection.runScript(Schema.migrations[0])
    try connection.run("PRAGMA application_id=\(0x4558_504C)")
    try connection.run("PRAGMA user_version=1")
    try connection.runScript(
      """
      INSERT INTO meta VALUES ('uuid', '00ff');
      UPDATE counters SET next = 9;
      INSERT INTO plans VALUES (1, 'p', 'plans/p.yaml', NULL);
      INSERT INTO runs VALUES (7, 1, 'plans/p.yaml', 'succeeded', 1, 2, '{}', NULL, '\(digest("p").hex)');
      INSERT INTO legs VALUES (1, 7, 42, 'here', 'boot', 5, 'aa', 1, 2, 0);
      INSERT INTO attempts VALUES (3, 7, 1, 1, 'a', 1, 0, 'succeeded', '\(digest("a").hex)', NULL,
        '\(digest("ai").hex)', NULL, 3003, 3004, 3005, 0, NULL, 11, 'boot', 'it ran', NULL, NULL);
      """)
  }

  private var oldAttempt: Attempt {
    var attempt = sampleAttempt(3, run: 7, leg: 1, step: "a")
    attempt.state = .succeeded
    attempt.startedAt = 3004
    attempt.endedAt = 3005
    attempt.exitCode = 0
    attempt.pid = 11
    attempt.reason = "it ran"
    return attempt
  }

  @Test func aJournalOfTheFirstFormatIsReadWithoutChangingIt() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let state = StateDirectory(root: folder.path)
    try oldJournal(state)
    let before = try treeContents(state.path)
    let attempts = try JournalReader(state).read { journal throws(JournalError) in try journal.attempts(run: 7) }
    #expect(attempts == [oldAttempt])
    #expect(try treeContents(state.path) == before)
  }

  @Test func aJournalOfTheFirstFormatIsBroughtUpToDateByAWriter() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let state = StateDirectory(root: folder.path)
    try oldJournal(state)
    let journal = try Journal(state)
    var new = sampleAttempt(20, run: 7, leg: 1, step: "b")
    try journal.commit([.claim(new)])
    new.state = .failed
    new.usage = Self.usage
    try journal.commit([.endAttempt(new)])
    #expect(try journal.read { store throws(JournalError) in try store.attempts(run: 7) } == [oldAttempt, new])
    try journal.close()
    let connection = try Connection(path: state.journal, access: .readWrite)
    #expect(try connection.value("PRAGMA user_version") == .integer(Int64(Schema.migrations.count)))
    // The schema says what the columns are, and SQLite can still read it.
    guard case .text(let sql) = try connection.value("SELECT sql FROM sqlite_schema WHERE name = 'attempts'") else {
      return #expect(Bool(false))
    }
    #expect(sql.contains("written_bytes INTEGER /* to a disk */)"))
    #expect(try connection.value("PRAGMA integrity_check") == .text("ok"))
  }

  @Test func whatAnAttemptUsedIsReadAsItWasWritten() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let stores: [any JournalStore] = [try Journal(StateDirectory(root: folder.path)), MemoryJournal()]
    for journal in stores {
      let run = try journal.nextRunID()
      try journal.commit([.beginRun(sampleRun(run)), .beginLeg(sampleLeg(1, run: run))])
      var expected: [Attempt] = []
      for (id, usage) in [nil, Self.usage, AttemptUsage(userTime: 0, systemTime: 0)].enumerated() {
        var attempt = sampleAttempt(Int64(id + 1), run: run, leg: 1, step: "s\(id)")
        try journal.commit([.claim(attempt)])
        attempt.state = .succeeded
        attempt.usage = usage
        try journal.commit([.endAttempt(attempt)])
        expected.append(attempt)
      }
      #expect(try journal.read { store throws(JournalError) in try store.attempts(run: run) } == expected)
    }
  }
}
