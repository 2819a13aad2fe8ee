/// Finds short cycles in strongly connected parts, so that each edge lies on one of those found.
struct CycleSearch {
  /// Cycles reported for one component: someone who repairs twenty has most likely repaired all.
  static let maximumPerKnot = 20

  private let graph: StepGraph
  private let components: StronglyConnected
  private let isUsed: (GraphEdge) -> Bool
  private(set) var isCovered: [Bool]
  /// The edge through which a node was reached, by its place in the graph, and in which search.
  private var reachedBy: [Int32]
  private var searchOf: [Int32]
  private var searches: Int32 = 0

  init(_ graph: StepGraph, _ components: StronglyConnected, where isUsed: @escaping (GraphEdge) -> Bool) {
    self.graph = graph
    self.components = components
    self.isUsed = isUsed
    isCovered = [Bool](repeating: false, count: graph.edges.count)
    reachedBy = [Int32](repeating: -1, count: graph.nodes.count)
    searchOf = [Int32](repeating: -1, count: graph.nodes.count)
  }

  /// The cycles of one component, each as its edges: the first node's need first, then the need of what it needs.
  /// The node listed first begins.
  ///
  /// - Parameter isSeed: which edges must be covered; all that are used by default.
  mutating func cycles(
    of knot: [Int], isSeed: (GraphEdge) -> Bool = { _ in true }
  ) -> (cycles: [[GraphEdge]], isComplete: Bool) {
    var found: [[GraphEdge]] = []
    for node in knot {
      for place in graph.needsLists.range(node) where !isCovered[place] {
        let edge = graph.edges[place]
        guard isInside(edge), isSeed(edge) else { continue }
        if found.count == CycleSearch.maximumPerKnot { return (found, false) }
        if let cycle = shortestCycle(through: place) { found.append(cycle) }
      }
    }
    return (found, true)
  }

  /// Counts edges as covered that another search has reported.
  mutating func cover(where isKnown: (GraphEdge) -> Bool) {
    for place in graph.edges.indices where isKnown(graph.edges[place]) { isCovered[place] = true }
  }

  private func isInside(_ edge: GraphEdge) -> Bool {
    isUsed(edge) && components.component[edge.from] == components.component[edge.to]
  }

  /// The shortest way from what the edge needs back to the node that needs it, by breadth-first search.
  private mutating func shortestCycle(through first: Int) -> [GraphEdge]? {
    let goal = graph.edges[first].to
    searches += 1
    var queue = [graph.edges[first].from]
    searchOf[queue[0]] = searches
    var next = 0
    while next < queue.count, searchOf[goal] != searches {
      let node = queue[next]
      next += 1
      for place in graph.needsLists.range(node) where isInside(graph.edges[place]) {
        let needed = graph.edges[place].from
        if searchOf[needed] == searches { continue }
        searchOf[needed] = searches
        reachedBy[needed] = Int32(truncatingIfNeeded: place)
        queue.append(needed)
      }
    }
    guard searchOf[goal] == searches else { return nil }
    var places: [Int] = []
    var node = goal
    while node != graph.edges[first].from {
      places.append(Int(reachedBy[node]))
      node = graph.edges[Int(reachedBy[node])].to
    }
    places.append(first)
    places.reverse()
    for place in places { isCovered[place] = true }
    let edges = places.map { graph.edges[$0] }
    let start = edges.indices.min { edges[$0].to < edges[$1].to } ?? 0
    return Array(edges[start...] + edges[..<start])
  }
}
