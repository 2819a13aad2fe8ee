/// Answers many questions "does a come before b?" about one graph, cycles included.
///
/// Most answers are read off three labels of a node; what is left is answered for 64 nodes at a time in one pass.
struct Reachability {
  private let graph: StepGraph
  private let components: StronglyConnected
  /// The length of the longest way to the component: what comes before has a smaller one.
  private var level: [Int32]
  /// A component's place in the pre-order of a forest in which its parent is one of those it needs.
  private var entry: [Int32]
  private var size: [Int32]

  init(_ graph: StepGraph) {
    self.graph = graph
    components = StronglyConnected(graph)
    let count = components.count
    level = [Int32](repeating: 0, count: count)
    entry = [Int32](repeating: 0, count: count)
    size = [Int32](repeating: 1, count: count)
    var parent = [Int32](repeating: -1, count: count)
    for node in components.order {
      let own = Int(components.component[Int(node)])
      for edge in graph.needs(of: Int(node)) {
        let needed = components.component[edge.from]
        if needed == Int32(own) { continue }
        level[own] = max(level[own], level[Int(needed)] + 1)
        parent[own] = max(parent[own], needed)
      }
    }
    for index in (0..<count).reversed() where parent[index] >= 0 { size[Int(parent[index])] += size[index] }
    var nextEntry = [Int32](repeating: 0, count: count)
    var nextRoot: Int32 = 0
    for index in 0..<count {
      if parent[index] >= 0 {
        entry[index] = nextEntry[Int(parent[index])]
        nextEntry[Int(parent[index])] += size[index]
      } else {
        entry[index] = nextRoot
        nextRoot += size[index]
      }
      nextEntry[index] = entry[index] + 1
    }
  }

  /// Where a node stands in an order that respects all edges; nodes on one cycle share a number.
  func position(_ node: Int) -> Int { Int(components.component[node]) }

  /// The answer, where the labels give it.
  private func quickAnswer(_ a: Int, _ b: Int) -> Bool? {
    let (from, to) = (Int(components.component[a]), Int(components.component[b]))
    if from == to { return true }
    if from > to || level[from] >= level[to] { return false }
    if entry[from] <= entry[to], entry[to] < entry[from] + size[from] { return true }
    return graph.needs(of: b).contains { $0.from == a } ? true : nil
  }

  /// For each pair, whether the first is upstream of the second; two nodes of one cycle are upstream of each other.
  func isUpstream(_ pairs: [(upstream: Int, of: Int)]) -> [Bool] {
    var answers = [Bool](repeating: false, count: pairs.count)
    var open: [Int] = []
    for (index, pair) in pairs.enumerated() {
      if let answer = quickAnswer(pair.upstream, pair.of) { answers[index] = answer } else { open.append(index) }
    }
    if open.isEmpty { return answers }
    open.sort { position(pairs[$0].upstream) < position(pairs[$1].upstream) }
    var masks = [UInt64](repeating: 0, count: components.count)
    var start = 0
    while start < open.count {
      // One batch: up to 64 different components as sources.
      var sources: [Int32: Int] = [:]
      var end = start
      var last = 0
      while end < open.count {
        let source = components.component[pairs[open[end]].upstream]
        if sources[source] == nil {
          if sources.count == 64 { break }
          sources[source] = sources.count
        }
        last = max(last, position(pairs[open[end]].of))
        end += 1
      }
      propagate(sources, from: position(pairs[open[start]].upstream), through: last, &masks)
      for index in open[start..<end] {
        guard let bit = sources[components.component[pairs[index].upstream]] else { continue }
        answers[index] = masks[position(pairs[index].of)] & (1 << UInt64(bit)) != 0
      }
      start = end
    }
    return answers
  }

  /// Sets, for the components from `first` through `last`, the bit of each source that reaches them.
  private func propagate(_ sources: [Int32: Int], from first: Int, through last: Int, _ masks: inout [UInt64]) {
    for index in first...last { masks[index] = 0 }
    for (source, bit) in sources { masks[Int(source)] = 1 << UInt64(bit) }
    for node in components.order[firstNode(of: first)...] {
      let own = position(Int(node))
      if own > last { break }
      for edge in graph.needs(of: Int(node)) where position(edge.from) >= first {
        masks[own] |= masks[position(edge.from)]
      }
    }
  }

  /// The place in the order at which a component begins.
  private func firstNode(of component: Int) -> Int {
    if components.isAcyclic { return component }
    var low = 0
    var high = components.order.count
    while low < high {
      let middle = (low + high) / 2
      if position(Int(components.order[middle])) < component { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
