internal import Subprocess

/// What is due when: a heap on the time.
struct DeadlineQueue<Item> {
  private var heap: [(at: BootInstant, item: Item)] = []

  var next: BootInstant? { heap.first?.at }

  mutating func add(_ item: Item, at: BootInstant) {
    heap.append((at, item))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].at < heap[parent].at else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes the earliest item if it is due.
  mutating func pop(at now: BootInstant) -> Item? {
    guard let first = heap.first, first.at <= now else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      var parent = 0
      while true {
        var child = 2 * parent + 1
        guard child < heap.count else { break }
        if child + 1 < heap.count, heap[child + 1].at < heap[child].at { child += 1 }
        guard heap[child].at < heap[parent].at else { break }
        heap.swapAt(child, parent)
        parent = child
      }
    }
    return first.item
  }
}
