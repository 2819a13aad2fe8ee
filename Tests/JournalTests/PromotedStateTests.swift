import Digest
import Journal
import PlanModel
import TestSupport
import Testing

/// A value of a plan's state comes back when the run that replaced it is taken back.
struct PromotedStateTests {
  private func with(_ body: (any JournalStore) throws -> Void) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let journal = try Journal(StateDirectory(root: folder.path))
    for id in Int64(1)...3 { try journal.commit([.beginRun(sampleRun(id))]) }
    try body(journal)
    try journal.close()
  }

  private func promote(_ value: Value, _ run: Int64, _ journal: any JournalStore) throws {
    try journal.commit([.promoteState(plan: "p", run: run, [Value.Entry("mark", value)])])
  }

  private func state(_ journal: any JournalStore) throws -> [Value] {
    try journal.read { reader throws(JournalError) in try reader.state(plan: "p").map(\.value) }
  }

  @Test func theValueBeforeComesBack() throws {
    try with { journal in
      let first = Value.map([.init("b", .string("x\n\"y\"")), .init("a", .double(1e20))])
      try promote(first, 1, journal)
      try promote(.string("two"), 2, journal)
      #expect(try state(journal) == [.string("two")])
      try journal.commit([.restoreState(run: 1)])
      #expect(try state(journal) == [.string("two")])
      try journal.commit([.restoreState(run: 2)])
      #expect(try state(journal) == [first])
      // What was before that is not known any more.
      let promoted = try journal.read { reader throws(JournalError) in try reader.promotedState(run: 1) }
      #expect(promoted == [PromotedValue(key: "mark", value: first, previous: .unknown)])
      try promote(.int(3), 3, journal)
      try journal.commit([.restoreState(run: 3)])
      #expect(try state(journal) == [first])
    }
  }

  @Test func whatWasNotThereGoes() throws {
    try with { journal in
      try promote(.int(1), 1, journal)
      try promote(.int(2), 1, journal)
      try journal.commit([.restoreState(run: 1)])
      #expect(try state(journal) == [])
    }
  }
}
