/// What happens when in the simulated time: a heap on the time, then on the order of entry.
struct EventQueue<Item> {
  private var heap: [(at: Int64, order: Int, item: Item)] = []
  private var count = 0

  var isEmpty: Bool { heap.isEmpty }
  var next: Int64? { heap.first?.at }

  private func isBefore(_ first: Int, _ second: Int) -> Bool {
    (heap[first].at, heap[first].order) < (heap[second].at, heap[second].order)
  }

  mutating func add(_ item: Item, at: Int64) {
    heap.append((at, count, item))
    count += 1
    var child = heap.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> (at: Int64, item: Item)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return (first.at, first.item) }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isBefore(child, least) {
        least = child
      }
      if least == parent { break }
      heap.swapAt(parent, least)
      parent = least
    }
    return (first.at, first.item)
  }
}
