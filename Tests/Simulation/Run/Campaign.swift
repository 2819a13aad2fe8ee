internal import Glibc
internal import Subprocess
internal import Synchronization

/// Many seeds on several threads, until one of them breaks a promise.
package final class Campaign: Sendable {
  package struct Result: Sendable {
    /// By promise, the lowest of the seeds that break it, of those that were run, and how many there are.
    package var failures: [String: (seed: UInt64, count: Int)]
    package var coverage: Coverage
  }

  private struct State {
    var next: UInt64
    var failures: [String: (seed: UInt64, count: Int)] = [:]
    var coverage = Coverage()
    var running = 0
    var isStopped = false
  }

  private let last: UInt64
  private let state: Mutex<State>

  private let keepsGoing: Bool

  /// - Parameter keepsGoing: whether seeds are run after one has failed.
  package init(seeds: ClosedRange<UInt64>, keepsGoing: Bool = false) {
    self.keepsGoing = keepsGoing
    last = seeds.upperBound
    state = Mutex(State(next: seeds.lowerBound))
  }

  /// Runs all seeds.
  ///
  /// - Parameters:
  ///   - threads: at least 1.
  ///   - progress: is told of what was done so far, from time to time.
  package func run(threads: Int, progress: (Coverage) -> Void = { _ in }) throws -> Result {
    state.withLock { $0.running = threads }
    let workers = try (0..<threads).map { _ in try WorkerThread(name: "simulation") { self.work() } }
    while state.withLock({ $0.running > 0 }) {
      usleep(100_000)
      progress(state.withLock { $0.coverage })
    }
    for worker in workers { worker.join() }
    return state.withLock { Result(failures: $0.failures, coverage: $0.coverage) }
  }

  /// No further seeds are begun.
  package func stop() { state.withLock { $0.isStopped = true } }

  private func work() {
    while let seeds = take() {
      var coverage = Coverage()
      var failures: [(UInt64, String)] = []
      for seed in seeds where failures.isEmpty || keepsGoing {
        let outcome = Simulation(seed: seed).run()
        coverage.add(outcome.coverage)
        if let violation = outcome.violation { failures.append((seed, violation.promise)) }
      }
      state.withLock { state in
        state.coverage.add(coverage)
        for (seed, promise) in failures {
          let known = state.failures[promise]
          state.failures[promise] = (min(known?.seed ?? .max, seed), (known?.count ?? 0) + 1)
        }
      }
    }
    state.withLock { $0.running -= 1 }
  }

  /// Some seeds; nil when there are no more, or nothing more is to be found out.
  private func take() -> ClosedRange<UInt64>? {
    state.withLock { state in
      guard state.next <= last, keepsGoing || state.failures.isEmpty, !state.isStopped else { return nil }
      let end = min(last, state.next + 49)
      defer { state.next = end + 1 }
      return state.next...end
    }
  }
}
