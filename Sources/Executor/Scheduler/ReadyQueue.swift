/// Nodes that could go on, the one of highest priority and then of lowest index first.
struct ReadyQueue: Sendable {
  private var heap: [(rank: Int, node: Int)] = []

  var isEmpty: Bool { heap.isEmpty }
  var first: Int? { heap.first?.node }

  mutating func insert(_ node: Int, priority: Int) {
    heap.append((-priority, node))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Drops the nodes that are not wanted any more.
  mutating func keep(where isKept: (Int) -> Bool) {
    let kept = heap.filter { isKept($0.node) }
    heap = []
    for entry in kept { insert(entry.node, priority: -entry.rank) }
  }

  mutating func popFirst() -> Int? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      var parent = 0
      while true {
        var child = 2 * parent + 1
        guard child < heap.count else { break }
        if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
        guard heap[child] < heap[parent] else { break }
        heap.swapAt(child, parent)
        parent = child
      }
    }
    return first.node
  }
}
