package import PlanModel

/// The plan as a graph over indices: what comes before what, and why.
///
/// Node i is step i of the plan; then comes one gate for each phase, then the approvals that the plan demands, then the
/// steps under `finally`, which are a graph of their own: no edge joins them to the main part. Unknown and doubled needs make no edge, so a graph can
/// be built of every plan; it may hold cycles until `GraphRules` has found none.
package struct StepGraph: Sendable {
  package internal(set) var nodes: [GraphNode]
  /// Grouped by the node that waits, each pair at most once; where several things order one pair, the first of
  /// `needs`, `order`, `file`, `phase` is kept.
  package let edges: [GraphEdge]
  /// How many nodes are steps of the main part: the nodes 0..<stepCount.
  package let stepCount: Int
  package let phaseCount: Int
  /// How many times people are asked: the nodes after the gates.
  package let approvalCount: Int
  /// The phase of each step of the main part, -1 for none or an unknown one.
  package let phaseOfStep: [Int32]
  /// Whether inference was given up because files would make too many edges.
  package let isTooDense: Bool
  let needsLists: CompactLists
  let dependentLists: CompactLists
  var indices: [String: Int32]
  /// Nodes that were added after the graph was made.
  var found = FoundNodes()

  /// - Parameter indices: `StepGraph.indices(of: nodes)`.
  init(
    nodes: [GraphNode], indices: [String: Int32], edges: [GraphEdge], stepCount: Int, phaseOfStep: [Int32],
    phaseCount: Int, approvalCount: Int = 0, isTooDense: Bool
  ) {
    self.nodes = nodes
    self.indices = indices
    self.stepCount = stepCount
    self.phaseCount = phaseCount
    self.approvalCount = approvalCount
    self.phaseOfStep = phaseOfStep
    self.isTooDense = isTooDense
    self.edges = StepGraph.grouped(edges, count: nodes.count)
    needsLists = CompactLists(count: nodes.count, keys: self.edges.lazy.map(\.target))
    dependentLists = CompactLists(count: nodes.count, keys: self.edges.lazy.map(\.source))
  }

  /// The nodes by their ids: of an id that stands twice, the first.
  static func indices(of nodes: ArraySlice<GraphNode>) -> [String: Int32] {
    var indices: [String: Int32] = [:]
    indices.reserveCapacity(nodes.count)
    for index in nodes.indices {
      if let first = indices.updateValue(Int32(index), forKey: nodes[index].id) { indices[nodes[index].id] = first }
    }
    return indices
  }

  /// Groups edges by target, in the order given, and drops the later ones of a pair.
  private static func grouped(_ edges: [GraphEdge], count: Int) -> [GraphEdge] {
    let lists = CompactLists(count: count, keys: edges.lazy.map(\.target))
    var seenFor = [Int32](repeating: -1, count: count)
    var kept: [GraphEdge] = []
    kept.reserveCapacity(edges.count)
    for target in 0..<count {
      for position in lists[target] {
        let edge = edges[Int(position)]
        if seenFor[edge.from] == edge.target { continue }
        seenFor[edge.from] = edge.target
        kept.append(edge)
      }
    }
    return kept
  }

  /// The node with an id: a step's, or `gate:PHASE`. The first one, where an id stands twice.
  package func index(of id: String) -> Int? { indices[id].map(Int.init) }

  /// The gate at the end of a phase.
  package func gate(ofPhase phase: Int) -> Int { stepCount + phase }

  /// The first node of the `finally` part; equals `nodes.count` when there is none.
  package var finallyStart: Int { stepCount + phaseCount + approvalCount }

  /// The phase of a step of the main part, if it has one.
  package func phase(of node: Int) -> Int? {
    if let template = found.template(of: node) { return phase(of: template) }
    guard node < stepCount, phaseOfStep[node] >= 0 else { return nil }
    return Int(phaseOfStep[node])
  }

  /// The edges to what `node` needs: `edge.from` is needed.
  package func needs(of node: Int) -> ArraySlice<GraphEdge> {
    if !found.isEmpty, let needs = found.needs(of: node, in: self) { return needs }
    return edges[needsLists.range(node)]
  }

  /// The nodes that must be done before `node`; not those that only must be over.
  package func holders(of node: Int) -> some Sequence<Int> {
    needs(of: node).lazy.filter { $0.kind != .end }.map(\.from)
  }

  /// The nodes that can't run unless `node` is done.
  package func held(by node: Int) -> some Sequence<Int> {
    dependents(of: node).lazy.filter { $0.kind != .end }.map(\.to)
  }

  /// Whether each entry under the step's `needs` has made an edge of its own: none is unknown, doubled or the step itself.
  func hasEdges(forAllNeedsOf step: borrowing Step, _ node: Int) -> Bool {
    needs(of: node).count { $0.kind == .needs } == step.needs.count
  }

  /// The edges to what waits for `node`: `edge.to` waits.
  package func dependents(of node: Int) -> DependentEdges {
    found.isEmpty
      ? DependentEdges(edges: edges, positions: dependentLists[node]) : found.dependents(of: node, in: self)
  }

  /// How many nodes wait for `node` directly.
  package func dependentCount(of node: Int) -> Int {
    found.isEmpty ? dependentLists.range(node).count : dependents(of: node).count
  }

  /// The step behind a node; nil for a gate.
  package func step(_ node: Int, in plan: Plan) -> Step? {
    switch nodes[node].kind {
    case .step(let index): plan.steps[index]
    case .finally(let index): plan.finally[index]
    case .gate, .approval: nil
    }
  }
}
