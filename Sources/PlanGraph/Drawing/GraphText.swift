package import PlanModel
internal import SourceText

/// The graph in the languages of drawing programs. The same graph always gives the same text.
package enum GraphText {
  /// A drawing's nodes and arrows, with gates that check nothing taken out where that needs no more arrows.
  package struct Drawing: Sendable {
    package var nodes: [Int] = []
    package var edges: [GraphEdge] = []
  }

  package static func drawing(_ graph: StepGraph, _ plan: Plan) -> Drawing {
    var isContracted = [Bool](repeating: false, count: graph.nodes.count)
    for node in graph.nodes.indices {
      guard case .gate(let phase) = graph.nodes[node].kind, plan.phases[phase].gate.isEmpty else { continue }
      let before = graph.needs(of: node)
      let after = graph.dependentCount(of: node)
      // Neighbouring gates are not contracted both: one pass is then enough.
      let touchesContracted =
        before.contains { isContracted[$0.from] } || graph.dependents(of: node).contains { isContracted[$0.to] }
      isContracted[node] = before.isEmpty || after == 0 || (!touchesContracted && min(before.count, after) == 1)
    }
    var drawing = Drawing()
    drawing.nodes = graph.nodes.indices.filter { !isContracted[$0] }
    for node in drawing.nodes {
      var seen: Set<Int> = [node]
      for edge in graph.needs(of: node) where !isContracted[edge.from] && seen.insert(edge.from).inserted {
        drawing.edges.append(edge)
      }
      for edge in graph.needs(of: node) where isContracted[edge.from] {
        for earlier in graph.needs(of: edge.from)
        where !isContracted[earlier.from] && seen.insert(earlier.from).inserted {
          drawing.edges.append(GraphEdge(from: earlier.from, to: node, .phase, edge.range))
        }
      }
    }
    return drawing
  }

  /// What stands in a node: the id, and the title below it.
  static func lines(_ node: Int, _ graph: StepGraph, _ plan: Plan) -> [String] {
    switch graph.nodes[node].kind {
    case .step(let index): [plan.steps[index].id.value] + (plan.steps[index].title.map { [$0] } ?? [])
    case .finally(let index): [plan.finally[index].id.value] + (plan.finally[index].title.map { [$0] } ?? [])
    case .approval(let index): [index.map { "approval of \(plan.phases[$0].id.value)" } ?? "approval of the plan"]
    case .gate(let index): plan.phases[index].gate.isEmpty ? [] : ["gate of \(plan.phases[index].id.value)"]
    }
  }
}
