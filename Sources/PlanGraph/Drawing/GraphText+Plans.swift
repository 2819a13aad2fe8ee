extension GraphText {
  /// A plan in a drawing of several plans.
  package struct PlanNode: Sendable {
    package var path: String
    package var title: String?
    package var isMissing: Bool

    package init(path: String, title: String?, isMissing: Bool) {
      self.path = path
      self.title = title
      self.isMissing = isMissing
    }

    var lines: [String] { [path] + (title.map { [$0] } ?? []) }
  }

  /// An arrow between two plans, by their indices.
  package struct PlanEdge: Sendable {
    package var from: Int
    package var to: Int
    /// Whether it orders the two firmly; else it is dashed.
    package var isFirm: Bool

    package init(from: Int, to: Int, isFirm: Bool) {
      self.from = from
      self.to = to
      self.isFirm = isFirm
    }
  }

  /// Several plans for Graphviz; those that are not there are dotted.
  package static func dot(plans nodes: [PlanNode], _ edges: [PlanEdge]) -> String {
    var text = "digraph plans {\n  rankdir=LR;\n  node [shape=box, style=\"rounded,filled\", fillcolor=white];\n"
    for (index, node) in nodes.enumerated() {
      text += "  n\(index) [label=\(dotQuoted(node.lines))\(node.isMissing ? ", style=\"rounded,dotted\"" : "")];\n"
    }
    for edge in edges { text += "  n\(edge.from) -> n\(edge.to)\(edge.isFirm ? "" : " [style=dashed]");\n" }
    return text + "}\n"
  }

  /// Several plans as a mermaid flowchart.
  package static func mermaid(plans nodes: [PlanNode], _ edges: [PlanEdge]) -> String {
    var text = "flowchart LR\n"
    for (index, node) in nodes.enumerated() { text += "  n\(index)[\(mermaidQuoted(node.lines))]\n" }
    for edge in edges { text += "  n\(edge.from) \(edge.isFirm ? "-->" : "-.->") n\(edge.to)\n" }
    let missing = nodes.indices.filter { nodes[$0].isMissing }
    if !missing.isEmpty {
      text += "  classDef missing stroke-dasharray:2 2\n"
      text += "  class \(missing.map { "n\($0)" }.joined(separator: ",")) missing\n"
    }
    return text
  }
}
