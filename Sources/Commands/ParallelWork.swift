internal import Glibc
internal import Subprocess
internal import Synchronization

/// Independent pieces of work on all cores.
enum ParallelWork {
  /// More threads than this only take memory: the files come from one disk.
  private static let maximumThreads = 8

  /// The results in the order of the items, as if one after another had been worked on.
  static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], named name: String, _ work: @escaping @Sendable (Item) -> Result
  ) -> [Result] {
    let threads = min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), maximumThreads, items.count)
    guard threads > 1, let pool = try? WorkerPool(name: name, limit: threads) else { return items.map(work) }
    let results = ResultList<Result>(count: items.count)
    for (index, item) in items.enumerated() {
      do {
        try pool.submit { results.set(work(item), at: index) }
      } catch {
        // No thread could be started.
        results.set(work(item), at: index)
      }
    }
    pool.finish()
    return results.all
  }
}

/// Results that several threads put into their places.
private final class ResultList<Result: Sendable>: Sendable {
  private let results: Mutex<[Result?]>

  init(count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

  func set(_ result: Result, at index: Int) { results.withLock { $0[index] = result } }

  var all: [Result] { results.withLock { $0.compactMap(\.self) } }
}
