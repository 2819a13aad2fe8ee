package import PlanModel
internal import SourceText

extension GraphText {
  /// The graph as a mermaid flowchart, phases as subgraphs, critical nodes with a thick border.
  ///
  /// - Parameter state: what a node's class shows; nil gives it none.
  package static func mermaid(
    _ graph: StepGraph, _ plan: Plan, critical: Set<Int> = [], state: (Int) -> StepState? = { _ in nil }
  ) -> String {
    let drawing = drawing(graph, plan)
    var text = "flowchart LR\n"
    let groups = CompactLists(
      count: plan.phases.count + 2, keys: drawing.nodes.map { GraphText.group(of: $0, graph) })
    for place in groups[0] { text += "  " + node(drawing.nodes[Int(place)], graph, plan) }
    for (index, phase) in plan.phases.enumerated() where !groups[index + 1].isEmpty {
      text += "  subgraph p\(index)[\(mermaidQuoted([phase.title ?? phase.id.value]))]\n"
      for place in groups[index + 1] { text += "    " + node(drawing.nodes[Int(place)], graph, plan) }
      text += "  end\n"
    }
    let last = groups[plan.phases.count + 1]
    if !last.isEmpty {
      text += "  subgraph last[\"finally\"]\n"
      for place in last { text += "    " + node(drawing.nodes[Int(place)], graph, plan) }
      text += "  end\n"
    }
    for edge in drawing.edges {
      let arrow =
        switch edge.kind {
        case .needs, .order: critical.contains(edge.from) && critical.contains(edge.to) ? "==>" : "-->"
        case .file, .phase, .gate, .end, .approval: "-.->"
        }
      text += "  n\(edge.from) \(arrow) n\(edge.to)\n"
    }
    for kind in StepState.allCases {
      let members = drawing.nodes.filter { state($0) == kind }
      if members.isEmpty { continue }
      text += "  classDef \(kind.rawValue) fill:\(kind.fill)\n"
      text += "  class \(members.map { "n\($0)" }.joined(separator: ",")) \(kind.rawValue)\n"
    }
    let marked = drawing.nodes.filter(critical.contains)
    if !marked.isEmpty {
      text += "  classDef critical stroke-width:3px\n"
      text += "  class \(marked.map { "n\($0)" }.joined(separator: ",")) critical\n"
    }
    return text
  }

  private static func node(_ node: Int, _ graph: StepGraph, _ plan: Plan) -> String {
    let lines = lines(node, graph, plan)
    if lines.isEmpty { return "n\(node)(( ))\n" }
    return graph.nodes[node].isGate ? "n\(node){\(mermaidQuoted(lines))}\n" : "n\(node)[\(mermaidQuoted(lines))]\n"
  }

  /// A quoted mermaid text. Everything that mermaid or the HTML it makes could read as markup becomes a numeric
  /// entity; control characters become spaces.
  static func mermaidQuoted(_ lines: [String]) -> String {
    var text = "\""
    for (index, line) in lines.enumerated() {
      if index > 0 { text += "<br/>" }
      for scalar in line.unicodeScalars {
        switch scalar {
        case "\"", "#", "&", "<", ">", "`", "\\", "%", ";", "{", "}", "[", "]", "(", ")", "|", "*", "_", "$":
          text += "#\(scalar.value);"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F: text += " "
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    return text + "\""
  }
}
