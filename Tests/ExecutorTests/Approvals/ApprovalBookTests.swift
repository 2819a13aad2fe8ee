internal import Digest
internal import Executor
internal import Journal
internal import PlanModel
internal import Planner
internal import Testing

/// What a process keeps of what people have said.
struct ApprovalBookTests {
  private static let digest = SHA256.digest(of: "what is asked")

  private static func journal(_ people: String...) throws -> MemoryJournal {
    let journal = MemoryJournal()
    try journal.commit([.plan(key: "p", path: "p.yaml", title: nil)])
    for name in people {
      var record = ApprovalRecord(
        plan: "p", step: "ask", decision: .approved, digest: digest, by: name, host: "here", at: 0)
      record.expiresAt = name == "late" ? 10 : nil
      try journal.commit([.approve(record, parts: [], joins: false)])
    }
    return journal
  }

  private static func standing(
    _ book: ApprovalBook, _ journal: MemoryJournal, quorum: Int = 1, now: Int64 = 0
  ) throws -> ApprovalStanding {
    let action = ApproveAction(message: Template(literal: "?"), quorum: quorum)
    return try journal.read { reader throws(JournalError) in
      try book.standing(of: action, step: "ask", about: digest, now: now, reader) {
        fatalError("nothing is void, so nobody asks what has changed")
      }
    }
  }

  @Test func onlyWhatIsNewIsRead() throws {
    let before = try Self.journal("ana")
    var book = ApprovalBook(plan: "p", run: nil)
    try before.read { reader throws(JournalError) in try book.readOn(reader) }
    // The first one is another one here: who reads everything again would see it.
    let after = try Self.journal("eve", "bob")
    try after.read { reader throws(JournalError) in try book.readOn(reader) }
    #expect(try Self.standing(book, after, quorum: 3).counted.map(\.by) == ["ana", "bob"])
    try after.read { reader throws(JournalError) in try book.readOn(reader) }
    #expect(try Self.standing(book, after, quorum: 3).counted.map(\.by) == ["ana", "bob"])
  }

  /// It may be used within the time, not at its end.
  @Test func theTimeEndsAtItsEnd() throws {
    let journal = try Self.journal("late")
    let book = try journal.read { reader throws(JournalError) in try ApprovalBook.read(reader, plan: "p", run: nil) }
    #expect(try Self.standing(book, journal, now: 9).answer == .approved("by late"))
    let over = try Self.standing(book, journal, now: 10)
    #expect(over.answer == .open("the approval of late has expired") && over.expired == [1])
  }
}
