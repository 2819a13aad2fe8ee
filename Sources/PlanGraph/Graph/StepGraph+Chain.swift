internal import SourceText

extension StepGraph {
  /// The steps of a plan one after another, whatever they need, read and write.
  package static func chain(_ ids: [String]) -> StepGraph {
    let nodes = ids.indices.map { GraphNode(.step($0), id: ids[$0]) }
    let edges = ids.indices.dropFirst().map { GraphEdge(from: $0 - 1, to: $0, .order, .fileStart) }
    return StepGraph(
      nodes: nodes, indices: indices(of: nodes[...]), edges: edges, stepCount: nodes.count,
      phaseOfStep: [Int32](repeating: -1, count: nodes.count), phaseCount: 0, isTooDense: false)
  }
}
