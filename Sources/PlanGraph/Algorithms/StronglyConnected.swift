/// The strongly connected components of a graph, in an order in which each comes after all that it needs.
struct StronglyConnected {
  /// The component of each node. What a node needs has a smaller or the same number.
  private(set) var component: [Int32]
  /// All nodes, component after component.
  private(set) var order: [Int32] = []
  private(set) var count = 0

  /// Tarjan's algorithm (SIAM Journal on Computing 1, 1972) with its own stack, because a plan may be a chain of
  /// 100,000 steps.
  init(_ graph: StepGraph, where isUsed: (GraphEdge) -> Bool = { _ in true }) {
    let nodeCount = graph.nodes.count
    component = [Int32](repeating: -1, count: nodeCount)
    order.reserveCapacity(nodeCount)
    var visit = [Int32](repeating: -1, count: nodeCount)
    var low = [Int32](repeating: 0, count: nodeCount)
    var open: [Int32] = []
    var frames: [(node: Int, next: Int)] = []
    var clock: Int32 = 0
    for root in 0..<nodeCount where visit[root] < 0 {
      frames.append((root, graph.needsLists.range(root).lowerBound))
      visit[root] = clock
      low[root] = clock
      clock += 1
      open.append(Int32(root))
      while let (node, next) = frames.last {
        if next < graph.needsLists.range(node).upperBound {
          frames[frames.count - 1].next = next + 1
          let edge = graph.edges[next]
          if !isUsed(edge) { continue }
          let needed = edge.from
          if visit[needed] < 0 {
            visit[needed] = clock
            low[needed] = clock
            clock += 1
            open.append(edge.source)
            frames.append((needed, graph.needsLists.range(needed).lowerBound))
          } else if component[needed] < 0 {
            low[node] = min(low[node], visit[needed])
          }
          continue
        }
        frames.removeLast()
        if let parent = frames.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == visit[node] { close(node, &open) }
      }
    }
  }

  /// Takes a finished component off the stack of open nodes.
  private mutating func close(_ root: Int, _ open: inout [Int32]) {
    while let node = open.popLast() {
      component[Int(node)] = Int32(count)
      order.append(node)
      if node == Int32(root) { break }
    }
    count += 1
  }

  /// Whether no component has more than one node.
  var isAcyclic: Bool { count == component.count }

  /// The nodes of each component that has more than one, ascending; the component with the first node first.
  var knots: [[Int]] {
    if isAcyclic { return [] }
    var found: [[Int]] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, component[Int(order[end])] == component[Int(order[start])] { end += 1 }
      if end - start > 1 { found.append(order[start..<end].map(Int.init).sorted()) }
      start = end
    }
    return found.sorted { $0[0] < $1[0] }
  }
}
