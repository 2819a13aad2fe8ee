package import PlanModel
internal import SourceText

extension GraphText {
  /// The graph for Graphviz, phases as boxes, critical nodes and the edges between them in bold.
  ///
  /// - Parameter state: what a node's fill shows; nil leaves it white.
  package static func dot(
    _ graph: StepGraph, _ plan: Plan, critical: Set<Int> = [], state: (Int) -> StepState? = { _ in nil }
  ) -> String {
    let drawing = drawing(graph, plan)
    var text = "digraph plan {\n  label=\(dotQuoted([plan.title]));\n  labelloc=t;\n  rankdir=LR;\n"
    text += "  node [shape=box, style=\"rounded,filled\", fillcolor=white];\n"
    let groups = CompactLists(
      count: plan.phases.count + 2, keys: drawing.nodes.map { GraphText.group(of: $0, graph) })
    for place in groups[0] { text += "  " + node(drawing.nodes[Int(place)], graph, plan, critical, state) }
    for (index, phase) in plan.phases.enumerated() where !groups[index + 1].isEmpty {
      text += "  subgraph cluster_\(index) {\n    label=\(dotQuoted([phase.title ?? phase.id.value]));\n"
      for place in groups[index + 1] { text += "    " + node(drawing.nodes[Int(place)], graph, plan, critical, state) }
      text += "  }\n"
    }
    let last = groups[plan.phases.count + 1]
    if !last.isEmpty {
      text += "  subgraph cluster_finally {\n    label=\"finally\";\n    style=dashed;\n"
      for place in last { text += "    " + node(drawing.nodes[Int(place)], graph, plan, critical, state) }
      text += "  }\n"
    }
    for edge in drawing.edges {
      var attributes: [String] = []
      switch edge.kind {
      case .needs, .order: break
      case .file, .end: attributes.append("style=dashed")
      case .phase, .gate, .approval: attributes.append("color=gray")
      }
      if critical.contains(edge.from), critical.contains(edge.to) { attributes.append("penwidth=3") }
      text += "  n\(edge.from) -> n\(edge.to)"
      text += attributes.isEmpty ? ";\n" : " [\(attributes.joined(separator: ", "))];\n"
    }
    return text + "}\n"
  }

  /// 0 for no phase, the phase's index + 1, or the number after the last phase for `finally`.
  static func group(of node: Int, _ graph: StepGraph) -> Int32 {
    switch graph.nodes[node].kind {
    case .step: Int32((graph.phase(of: node) ?? -1) + 1)
    case .gate(let phase): Int32(phase + 1)
    case .approval(let phase): Int32((phase ?? -1) + 1)
    case .finally: Int32(graph.phaseCount + 1)
    }
  }

  private static func node(
    _ node: Int, _ graph: StepGraph, _ plan: Plan, _ critical: Set<Int>, _ state: (Int) -> StepState?
  ) -> String {
    let lines = lines(node, graph, plan)
    if lines.isEmpty { return "n\(node) [shape=point, label=\"\"];\n" }
    var attributes = "label=\(dotQuoted(lines))"
    if graph.nodes[node].isApproval { attributes += ", shape=octagon, style=filled" }
    if graph.nodes[node].isGate { attributes += ", shape=diamond, style=filled" }
    if let state = state(node) { attributes += ", fillcolor=\(state.fill)" }
    if critical.contains(node) { attributes += ", penwidth=3" }
    return "n\(node) [\(attributes)];\n"
  }

  /// A double-quoted DOT string with a line for each text. Backslashes are doubled, since DOT gives `\N`, `\G` and
  /// others a meaning; control characters become spaces.
  static func dotQuoted(_ lines: [String]) -> String {
    var text = "\""
    for (index, line) in lines.enumerated() {
      if index > 0 { text += "\\n" }
      for scalar in line.unicodeScalars {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F: text += " "
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    return text + "\""
  }
}

extension StepState {
  /// Light fills of the X11 names, legible under black text.
  var fill: String {
    switch self {
    case .pending: "white"
    case .running: "lightskyblue"
    case .succeeded: "palegreen"
    case .failed: "lightcoral"
    case .skipped: "gainsboro"
    case .blocked, .cancelled: "mistyrose"
    case .waiting: "khaki"
    case .inDoubt: "plum"
    case .rolledBack: "wheat"
    }
  }
}
