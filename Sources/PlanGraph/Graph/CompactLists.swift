/// Many short lists of indices in two arrays: list `k` holds the positions at which `k` stood among the keys.
package struct CompactLists: Sendable {
  private let offsets: [Int32]
  private let items: [Int32]

  /// Groups the positions 0..<keys.count by key; each key is below `count`. Linear; keeps the order.
  package init(count: Int, keys: some Collection<Int32>) {
    var offsets = [Int32](repeating: 0, count: count + 1)
    for key in keys { offsets[Int(key) + 1] += 1 }
    for index in 0..<count { offsets[index + 1] += offsets[index] }
    var next = offsets
    var items = [Int32](repeating: 0, count: keys.count)
    for (position, key) in keys.enumerated() {
      items[Int(next[Int(key)])] = Int32(truncatingIfNeeded: position)
      next[Int(key)] += 1
    }
    self.offsets = offsets
    self.items = items
  }

  package func range(_ key: Int) -> Range<Int> { Int(offsets[key])..<Int(offsets[key + 1]) }

  package subscript(key: Int) -> ArraySlice<Int32> { items[range(key)] }
}
