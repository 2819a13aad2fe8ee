extension StepGraph {
  /// Whether `node` must wait for `upstream`, directly or through others. Costs a walk of what is upstream.
  package func isUpstream(_ upstream: Int, of node: Int) -> Bool {
    upstream != node && self.upstream(of: [node]).contains(upstream)
  }

  /// The nodes and everything that they need, gates included.
  package func upstream(of nodes: some Sequence<Int>) -> Set<Int> {
    closure(of: nodes) { node, visit in for edge in needs(of: node) { visit(edge.from) } }
  }

  /// The nodes and everything that waits for them, gates included.
  package func downstream(of nodes: some Sequence<Int>) -> Set<Int> {
    closure(of: nodes) { node, visit in for edge in dependents(of: node) { visit(edge.to) } }
  }

  private func closure(of start: some Sequence<Int>, _ neighbours: (Int, (Int) -> Void) -> Void) -> Set<Int> {
    var reached: Set<Int> = []
    var open: [Int] = []
    for node in start where reached.insert(node).inserted { open.append(node) }
    while let node = open.popLast() {
      neighbours(node) { next in
        if reached.insert(next).inserted { open.append(next) }
      }
    }
    return reached
  }
}
