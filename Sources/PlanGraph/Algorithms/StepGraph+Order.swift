extension StepGraph {
  /// All nodes in an order in which each comes after what it needs; among those that are ready, the one listed
  /// first comes first, a gate directly after the last step of its phase. The steps under `finally` come last.
  /// Nil if there is a cycle.
  package func topologicalOrder() -> [Int]? {
    let rank = listedRank()
    var byRank = [Int32](repeating: 0, count: nodes.count)
    for (node, place) in rank.enumerated() { byRank[Int(place)] = Int32(node) }
    // Most plans are written in an order that works.
    if edges.allSatisfy({ rank[$0.from] < rank[$0.to] }) { return byRank.map(Int.init) }
    var missing = nodes.indices.map { Int32(needsLists.range($0).count) }
    var ready = SmallestFirst()
    for node in nodes.indices where missing[node] == 0 { ready.insert(rank[node]) }
    var order: [Int] = []
    order.reserveCapacity(nodes.count)
    while let place = ready.removeSmallest() {
      let node = Int(byRank[Int(place)])
      order.append(node)
      for edge in dependents(of: node) {
        missing[edge.to] -= 1
        if missing[edge.to] == 0 { ready.insert(rank[edge.to]) }
      }
    }
    return order.count == nodes.count ? order : nil
  }

  /// The nodes in layers: each stands in the first layer after all that it needs; the layers of `finally` follow
  /// those of the main part. Nil if there is a cycle.
  package func layers() -> [[Int]]? {
    guard let order = topologicalOrder() else { return nil }
    var layer = [Int](repeating: 0, count: nodes.count)
    var layers: [[Int]] = []
    var mainLayers = 0
    for node in order {
      if nodes[node].isFinally, mainLayers == 0 { mainLayers = layers.count }
      layer[node] = needs(of: node).reduce(nodes[node].isFinally ? mainLayers : 0) { max($0, layer[$1.from] + 1) }
      while layers.count <= layer[node] { layers.append([]) }
      layers[layer[node]].append(node)
    }
    return layers
  }

  /// The place of each node in the list as a reader sees it.
  private func listedRank() -> [Int32] {
    // Counting sort by the step after which a node stands: steps after themselves, gates after their phase.
    var after = [Int32](repeating: 0, count: nodes.count)
    for step in 0..<stepCount { after[step] = Int32(step) }
    var lastOfPhase = [Int32](repeating: -1, count: phaseCount)
    for step in 0..<stepCount where phaseOfStep[step] >= 0 { lastOfPhase[Int(phaseOfStep[step])] = Int32(step) }
    var latest: Int32 = 0
    for phase in 0..<phaseCount {
      latest = max(latest, lastOfPhase[phase])
      after[stepCount + phase] = lastOfPhase[phase] >= 0 ? lastOfPhase[phase] : latest
    }
    var firstOfPhase = [Int32](repeating: 0, count: phaseCount)
    for step in (0..<stepCount).reversed() where phaseOfStep[step] >= 0 {
      firstOfPhase[Int(phaseOfStep[step])] = Int32(step)
    }
    for node in stepCount + phaseCount..<finallyStart {
      if case .approval(let phase?) = nodes[node].kind { after[node] = firstOfPhase[phase] }
    }
    for node in finallyStart..<nodes.count { after[node] = Int32(stepCount) }
    let groups = CompactLists(count: stepCount + 1, keys: after)
    var rank = [Int32](repeating: 0, count: nodes.count)
    var next: Int32 = 0
    for group in 0...stepCount {
      for node in groups[group] {
        rank[Int(node)] = next
        next += 1
      }
    }
    return rank
  }
}

/// A binary heap of numbers.
private struct SmallestFirst {
  private var items: [Int32] = []

  mutating func insert(_ item: Int32) {
    items.append(item)
    var index = items.count - 1
    while index > 0, items[(index - 1) / 2] > items[index] {
      items.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  mutating func removeSmallest() -> Int32? {
    guard let last = items.popLast() else { return nil }
    guard let smallest = items.first else { return last }
    items[0] = last
    var index = 0
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2] where child < items.count && items[child] < items[least] {
        least = child
      }
      if least == index { return smallest }
      items.swapAt(index, least)
      index = least
    }
  }
}
