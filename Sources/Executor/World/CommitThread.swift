internal import Journal
internal import Subprocess

/// The one thread that makes the journal's commits, so that the scheduling thread never waits for a disk.
final class CommitThread: Sendable {
  enum Answer: Sendable {
    /// The numbers of the events among the writes.
    case committed([Int64])
    case failed(JournalError)
  }

  private let pool: WorkerPool
  private let store: any JournalStore
  private let answers: Mailbox<Answer>

  /// - Parameter answers: gets one answer for each commit, and what verification finds wrong.
  init(_ store: any JournalStore, answers: Mailbox<Answer>) throws(SystemError) {
    self.store = store
    self.answers = answers
    pool = try WorkerPool(name: "journal", limit: 1)
  }

  func commit(_ writes: [JournalWrite]) throws(SystemError) {
    try pool.submit { [store, answers] in
      do throws(JournalError) {
        answers.post(.committed(try store.commit(writes)))
      } catch {
        answers.post(.failed(error))
      }
    }
  }

  /// Looks whether the journal is still where it was.
  func verify() throws(SystemError) {
    try pool.submit { [store, answers] in
      do throws(JournalError) {
        try store.verifyIdentity()
      } catch {
        answers.post(.failed(error))
      }
    }
  }

  func stop() { pool.finish() }
}
