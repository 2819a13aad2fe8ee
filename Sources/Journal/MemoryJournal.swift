internal import Synchronization

/// A journal without a disk, for simulations: the same writes, the same answers, the same refusals.
package final class MemoryJournal: JournalStore {
  package let uuid: String
  private let content: Mutex<MemoryJournalContent>

  package init(uuid: String = "00000000000000000000000000000000") {
    self.uuid = uuid
    content = Mutex(MemoryJournalContent(journalID: uuid))
  }

  package func nextRunID() throws(JournalError) -> Int64 { content.withLock { $0.next(\.runID) } }

  package func nextLegID() throws(JournalError) -> Int64 { content.withLock { $0.next(\.legID) } }

  package func nextAttemptID() throws(JournalError) -> Int64 { content.withLock { $0.next(\.attemptID) } }

  @discardableResult
  package func commit(_ writes: [JournalWrite]) throws(JournalError) -> [Int64] {
    try content.withLock { content throws(JournalError) in try content.commit(writes) }
  }

  package func read<T>(_ body: (any JournalReading) throws(JournalError) -> T) throws(JournalError) -> T {
    try body(content.withLock { $0 })
  }

  package func verifyIdentity() {}
  package func close() {}
}
