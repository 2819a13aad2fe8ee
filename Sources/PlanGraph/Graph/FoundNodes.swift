internal import SourceText

/// The steps of items that a run has found: nodes after all others, each between the step that found it and the one that
/// stands for all of them.
///
/// Nothing else joins them to the graph: what their step needs is done when they are found. So each costs two edges, and
/// adding some does not look at the rest.
struct FoundNodes: Sendable {
  private struct Place: Sendable {
    var template: Int
    var group: Int
  }

  /// By node, from `start`.
  private var places: [Place] = []
  private var start = 0
  /// By template, the nodes that were found.
  private var members: [Int: [Int]] = [:]
  private var templates: [Int: Int] = [:]

  var isEmpty: Bool { places.isEmpty }

  mutating func append(_ node: Int, template: Int, group: Int) {
    if places.isEmpty { start = node }
    places.append(Place(template: template, group: group))
    members[template, default: []].append(node)
    templates[group] = template
  }

  /// All that were added.
  var all: Range<Int> { start..<start + places.count }

  func template(of node: Int) -> Int? { places.isEmpty || node < start ? nil : places[node - start].template }

  func nodes(of template: Int) -> [Int] { members[template] ?? [] }

  /// Nil if they are those of the graph as it was made.
  func needs(of node: Int, in graph: StepGraph) -> ArraySlice<GraphEdge>? {
    if node >= start { return [edge(from: places[node - start].template, to: node, graph)] }
    guard let template = templates[node], let nodes = members[template] else { return nil }
    return graph.edges[graph.needsLists.range(node)] + nodes.map { edge(from: $0, to: node, graph) }
  }

  func dependents(of node: Int, in graph: StepGraph) -> DependentEdges {
    if node >= start {
      return DependentEdges(
        edges: [], positions: [], more: [edge(from: node, to: places[node - start].group, graph)])
    }
    return DependentEdges(
      edges: graph.edges, positions: graph.dependentLists[node],
      more: (members[node] ?? []).map { edge(from: node, to: $0, graph) })
  }

  private func edge(from: Int, to: Int, _ graph: StepGraph) -> GraphEdge {
    GraphEdge(from: from, to: to, .needs, .fileStart)
  }
}

extension StepGraph {
  /// Adds the step of an item that a run has found.
  ///
  /// - Returns: its node.
  package mutating func append(_ kind: GraphNode.Kind, id: String, template: Int, group: Int) -> Int {
    let node = nodes.count
    nodes.append(GraphNode(kind, id: id))
    indices[id] = Int32(truncatingIfNeeded: node)
    found.append(node, template: template, group: group)
    return node
  }

  /// The step that found the item of a node; nil if the node stands in the plan.
  package func template(of node: Int) -> Int? { found.template(of: node) }

  /// The nodes of the items that a step has found.
  package func found(by template: Int) -> [Int] { found.nodes(of: template) }

  /// The nodes of the steps of the main part, those that were found included.
  package var mainSteps: [Int] { Array(0..<stepCount) + found.all.filter { !nodes[$0].isFinally } }
}
