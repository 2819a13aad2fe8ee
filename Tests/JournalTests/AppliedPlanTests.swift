import Digest
import Journal
import PlanModel
import SQLite
import TestSupport
import Testing

/// Saved plans that were applied came with the third format of the journal.
@Suite struct AppliedPlanTests {
  private static let applied = AppliedPlan(id: "0f", run: 1, leg: 1, at: 9)

  @Test func eachIsAppliedOnce() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let disk = try Journal(StateDirectory(root: folder.path))
    for store in [disk, MemoryJournal()] as [any JournalStore] {
      #expect(try store.read { journal throws(JournalError) in try journal.appliedPlan("0f") } == nil)
      try store.commit([
        .beginRun(sampleRun(1, plan: "p")), .beginLeg(sampleLeg(1, run: 1)), .useSavedPlan(Self.applied),
      ])
      #expect(try store.read { journal throws(JournalError) in try journal.appliedPlan("0f") } == Self.applied)
      // Nothing of a transaction stays that would apply it again.
      #expect(throws: JournalError.self) {
        try store.commit([
          .beginRun(sampleRun(2, plan: "p")), .useSavedPlan(AppliedPlan(id: "0f", run: 2, leg: 2, at: 10)),
        ])
      }
      #expect(try store.read { journal throws(JournalError) in try journal.run(2) } == nil)
      #expect(try store.read { journal throws(JournalError) in try journal.appliedPlan("0f") } == Self.applied)
    }
    try disk.close()
  }

  @Test func thePositionOfAPlanIsItsOwn() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let disk = try Journal(StateDirectory(root: folder.path))
    for store in [disk, MemoryJournal()] as [any JournalStore] {
      func position(_ plan: String) throws -> PlanPosition {
        try store.read { journal throws(JournalError) in try journal.position(plan: plan) }
      }
      #expect(try position("p") == PlanPosition())
      try store.commit([.beginRun(sampleRun(1, plan: "p")), .beginLeg(sampleLeg(1, run: 1))])
      #expect(try position("p") == PlanPosition(run: 1))
      try store.commit([.checkpoint(sampleCheckpoint(run: 1, step: "a", attempt: nil, outcome: .guardHolds))])
      let first = try position("p")
      #expect(first.run == 1 && first.checkpoint != nil)
      // Another plan moves only its own.
      try store.commit([
        .beginRun(sampleRun(2, plan: "q")), .beginLeg(sampleLeg(2, run: 2)),
        .checkpoint(sampleCheckpoint(run: 2, step: "a", attempt: nil, outcome: .guardHolds)),
        .event(run: 1, Event(.output, step: "a", attempt: 1, at: 1)),
      ])
      #expect(try position("p") == first)
      #expect(try position("q").run == 2)
      try store.commit([.checkpoint(sampleCheckpoint(run: 1, step: "a", attempt: nil, outcome: .guardHolds))])
      #expect(try position("p").checkpoint != first.checkpoint)
    }
    try disk.close()
  }

  @Test func aJournalOfTheSecondFormatIsBroughtUpToDate() throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let state = StateDirectory(root: folder.path)
    let old = try Journal(state, lockTimeout: .seconds(30), migrations: Array(Schema.migrations.prefix(2)))
    try old.commit([.beginRun(sampleRun(1, plan: "p"))])
    try old.close()
    let reader = JournalReader(state)
    #expect(try reader.read { journal throws(JournalError) in try journal.appliedPlan("0f") } == nil)
    let journal = try Journal(state)
    try journal.commit([.useSavedPlan(Self.applied)])
    try journal.close()
    #expect(try reader.read { journal throws(JournalError) in try journal.appliedPlan("0f") } == Self.applied)
  }
}
