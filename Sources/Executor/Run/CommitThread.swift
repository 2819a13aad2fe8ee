internal import Journal
internal import PlanModel
internal import Subprocess

/// The one thread that makes the journal's commits, so that the scheduling thread never waits for a disk.
final class CommitThread: Sendable {
  enum Answer: Sendable {
    case committed([Int64])
    case failed(JournalError)
  }

  private let requests: Requests
  private let thread: WorkerThread

  private final class Requests: Sendable {
    let wakeup: Wakeup
    let mailbox: Mailbox<Request>

    init() throws(SystemError) {
      wakeup = try Wakeup()
      mailbox = Mailbox(wakeup)
    }
  }

  private enum Request: Sendable {
    case commit([JournalWrite])
    case verify
    case stop
  }

  /// - Parameter answers: gets one answer for each commit, and failures of verification.
  init(_ store: any JournalStore, verify: @escaping @Sendable () throws(JournalError) -> Void, answers: Mailbox<Answer>)
    throws(SystemError)
  {
    let requests = try Requests()
    self.requests = requests
    thread = try WorkerThread(name: "journal") {
      while true {
        requests.wakeup.wait()
        for request in requests.mailbox.takeAll() {
          do throws(JournalError) {
            switch request {
            case .commit(let writes): answers.post(.committed(try store.commit(writes)))
            case .verify: try verify()
            case .stop: return
            }
          } catch {
            answers.post(.failed(error))
          }
        }
      }
    }
  }

  func commit(_ writes: [JournalWrite]) { requests.mailbox.post(.commit(writes)) }
  func verify() { requests.mailbox.post(.verify) }

  func stop() {
    requests.mailbox.post(.stop)
    thread.join()
  }
}
