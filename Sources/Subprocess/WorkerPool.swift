internal import CProcessSpawn
internal import Glibc
internal import Synchronization

/// A bounded number of threads for work that blocks: digests, actions inside this process, probes.
///
/// Threads are started when there is work for them. Jobs start in the order in which they came.
package final class WorkerPool: Sendable {
  private struct State {
    /// nil: taken, and no longer kept alive from here.
    var jobs: [(@Sendable () -> Void)?] = []
    /// Jobs before this index were taken; the array is cut back now and then.
    var next = 0
    var threads: [WorkerThread] = []
    var idle = 0
    var isFinishing = false
  }

  private let state = Mutex(State())
  private let name: String
  private let limit: Int
  /// An eventfd that counts the jobs: a thread that reads it may take one.
  private let available: Int32

  /// - Parameter limit: the largest number of threads, at least 1.
  package init(name: String, limit: Int) throws(SystemError) {
    self.name = name
    self.limit = max(1, limit)
    available = execplan_eventfd(1)
    guard available >= 0 else { throw SystemError("make a job counter", code: -available) }
  }

  deinit { close(available) }

  /// Hands in a job.
  ///
  /// - Throws: when no thread could be started and there is none that would do it; the job is not kept then.
  package func submit(_ job: @escaping @Sendable () -> Void) throws(SystemError) {
    let failure = state.withLock { (state) -> SystemError? in
      precondition(!state.isFinishing, "a job for a pool that was told to finish")
      if state.jobs.count - state.next >= state.idle, state.threads.count < limit {
        do throws(SystemError) {
          // The thread keeps the counter alive by keeping the pool.
          state.threads.append(try WorkerThread(name: name) { self.work() })
          state.idle += 1
        } catch {
          if state.threads.isEmpty { return error }
        }
      }
      state.jobs.append(job)
      return nil
    }
    if let failure { throw failure }
    addOne(available)
  }

  /// Waits until all jobs are done and ends the threads.
  package func finish() {
    let threads = state.withLock { state in
      state.isFinishing = true
      return state.threads
    }
    for _ in threads { addOne(available) }
    for thread in threads { thread.join() }
    state.withLock { $0.threads = [] }
  }

  private func work() {
    while true {
      var one: UInt64 = 0
      while unsafe read(available, &one, MemoryLayout<UInt64>.size) < 0, errno == EINTR {}
      let job = state.withLock { (state) -> (@Sendable () -> Void)? in
        // One count without a job is the wish to end; counts of jobs come first.
        guard state.next < state.jobs.count else { return nil }
        let job = state.jobs[state.next]
        state.jobs[state.next] = nil
        state.next += 1
        if state.next == state.jobs.count {
          state.jobs.removeAll(keepingCapacity: true)
          state.next = 0
        } else if state.next >= 1024, state.next * 2 >= state.jobs.count {
          // A pool that is never without work must not keep what is done.
          state.jobs.removeFirst(state.next)
          state.next = 0
        }
        state.idle -= 1
        return job
      }
      guard let job else { return }
      job()
      state.withLock { $0.idle += 1 }
    }
  }
}
