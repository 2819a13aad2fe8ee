import Foundation
import Journal
import PlanModel
import SQLite
import TestSupport
import Testing

@Test func killedWriterLosesNoCommittedRow() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  var random = SeededGenerator(seed: 20)
  for round in 1...20 {
    let known = ChildRole.lines(folder.path).count
    let writer = try ChildRole.writer.start(root: folder.path)
    #expect(ChildRole.wait(folder.path, lines: known + Int.random(in: 1...20, using: &random), while: writer))
    usleep(UInt32.random(in: 0..<3_000, using: &random))
    kill(writer.processIdentifier, SIGKILL)
    writer.waitUntilExit()

    let noted = ChildRole.lines(folder.path).map { $0.split(separator: " ").compactMap { Int64($0) } }
    // First without touching anything, then as the next writer does.
    let reader = JournalReader(state)
    func check(_ journal: any JournalReading) throws(JournalError) {
      let events = Set(try journal.events(run: nil, after: 0, limit: .max).map(\.sequence))
      var succeeded: Set<Int64> = []
      var open: [Int] = []
      for run in Int64(1)...Int64(round) {
        let attempts = try journal.attempts(run: run)
        succeeded.formUnion(attempts.filter { $0.state == .succeeded }.map(\.id))
        open.append(attempts.count { $0.state == .claimed })
      }
      for line in noted {
        #expect(line.count == 2 && succeeded.contains(line[0]) && events.contains(line[1]))
      }
      // At most the commit that was under way when the kill came.
      #expect(succeeded.count - noted.count <= round)
      #expect(open.allSatisfy { $0 <= 1 })
    }
    try reader.read(check)
    let journal = try Journal(state)
    try journal.read(check)
    try journal.close()
    let verdict = try Connection.reading(state.journal) { try $0.value("PRAGMA integrity_check") }
    #expect(verdict == .text("ok"))
  }
}

@Test func journalIsReadAfterAKillWithoutChangingAByte() throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  let state = StateDirectory(root: folder.path)
  let writer = try ChildRole.writer.start(root: folder.path)
  #expect(ChildRole.wait(folder.path, lines: 3, while: writer))
  kill(writer.processIdentifier, SIGKILL)
  writer.waitUntilExit()
  let before = try treeContents(state.path)
  #expect(before["journal.db-wal"] != nil && before["journal.db-shm"] != nil)
  let reader = JournalReader(state)
  let open = try reader.read { journal throws(JournalError) in
    #expect(try journal.latestRun(plan: "p")?.state == .running)
    #expect(try journal.uuid()?.utf8.count == 32)
    return try journal.openAttempts(plan: "p")
  }
  #expect(open.allSatisfy { $0.leg.pid == 42 })
  #expect(try PlanLock.status(state, plan: "p") == .free)
  #expect(try treeContents(state.path) == before)
}

/// Contents, modes and times of everything below a folder.
func treeContents(_ path: String) throws -> [String: String] {
  var found: [String: String] = [:]
  for name in FileManager.default.subpaths(atPath: path) ?? [] {
    let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
    let data = FileManager.default.contents(atPath: path + "/" + name) ?? Data()
    found[name] =
      "\(data.base64EncodedString()) \(attributes[.modificationDate] ?? "") \(attributes[.posixPermissions] ?? "")"
  }
  return found
}
