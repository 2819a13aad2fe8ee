import Digest
import Journal
import PlanModel
import TestSupport
import Testing

/// What is asked of runs that are over, of the journal on disk and of that in memory.
struct HistoryTests {
  private func stores(_ body: (any JournalStore) throws -> Void) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try body(MemoryJournal())
    let disk = try Journal(StateDirectory(root: folder.path))
    try body(disk)
    try disk.close()
  }

  /// Runs 1 to 5 of "p" and 6 of "q", each with an attempt of "a" that took as many milliseconds as its number.
  private func fill(_ store: any JournalStore) throws {
    for id in Int64(1)...6 {
      var run = sampleRun(id, plan: id == 6 ? "q" : "p", state: id.isMultiple(of: 2) ? .failed : .succeeded)
      run.rerunOf = id == 3 ? 1 : nil
      var attempt = sampleAttempt(id, run: id, leg: id, step: "a")
      try store.commit([.beginRun(run), .beginLeg(sampleLeg(id, run: id)), .claim(attempt)])
      attempt.state = id == 4 ? .failed : .succeeded
      attempt.fingerprint.definition = digest(id == 1 ? "old" : "new")
      attempt.startedAt = 10_000
      attempt.endedAt = 10_000 + id
      try store.commit([.endAttempt(attempt)])
    }
  }

  @Test func runsAreFoundByStateAndPlan() throws {
    try stores { store in
      try fill(store)
      try store.read { reader throws(JournalError) in
        #expect(try reader.runs(plan: nil, limit: 10).map(\.run.id) == [6, 5, 4, 3, 2, 1])
        #expect(try reader.runs(plan: "p", states: [.failed], limit: 10).map(\.run.id) == [4, 2])
        #expect(try reader.runs(plan: nil, states: [.failed], limit: 2).map(\.run.id) == [6, 4])
        #expect(try reader.runs(plan: nil, states: [], limit: 2).isEmpty)
        #expect(try reader.run(3)?.rerunOf == 1)
      }
    }
  }

  @Test func durationsAreThoseOfTheLastDefinition() throws {
    try stores { store in
      try fill(store)
      try store.read { reader throws(JournalError) in
        #expect(try reader.attemptedSteps(plan: "p") == ["a"])
        #expect(try reader.durations(of: "a", plan: "p", limit: 10).map(\.milliseconds) == [5, 3, 2])
        #expect(try reader.durations(of: "a", plan: "p", limit: 2).map(\.milliseconds) == [5, 3])
        #expect(try reader.durations(of: "b", plan: "p", limit: 2).isEmpty)
        #expect(try reader.durations(plan: "p", runs: 10, limit: 10).map(\.milliseconds) == [5, 3, 2, 1])
        #expect(try reader.durations(plan: "p", runs: 2, limit: 10).map(\.milliseconds) == [5])
        #expect(try reader.durations(plan: "p", runs: 10, limit: 2).map(\.milliseconds) == [5, 3])
      }
    }
  }

  @Test func conflictsStandWithTheRun() throws {
    let conflicts = [
      SettledConflict(step: "a", choice: .overwrite, source: .flag, detail: "\"x\" is there"),
      SettledConflict(step: "b", choice: .adopt, source: .plan, detail: ""),
    ]
    try stores { store in
      try fill(store)
      try store.commit([.settleConflicts(run: 2, conflicts)])
      try store.read { reader throws(JournalError) in
        #expect(try reader.run(2)?.conflicts == conflicts)
        #expect(try reader.latestRun(plan: "p")?.conflicts.isEmpty == true)
      }
      #expect(throws: JournalError.self) { try store.commit([.settleConflicts(run: 9, conflicts)]) }
    }
  }
}
