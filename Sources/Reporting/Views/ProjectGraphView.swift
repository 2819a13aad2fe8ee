internal import PlanGraph
package import PlanModel

/// The plans of a project and what they say about one another.
package struct ProjectGraphView: Sendable {
  package struct Node: Sendable {
    /// Relative to the project root.
    package var path: String
    package var title: String?
    /// Nil for a file that is named and is no plan.
    package var dialect: String?
    /// Whether a plan names it and it is not there.
    package var isMissing: Bool

    package init(path: String, title: String?, dialect: String?, isMissing: Bool = false) {
      self.path = path
      self.title = title
      self.dialect = dialect
      self.isMissing = isMissing
    }
  }

  package struct Edge: Hashable, Sendable {
    /// The plan that comes first, or that lists the other one.
    package var from: String
    package var to: String
    package var kind: PlanRelation.Kind

    package init(from: String, to: String, kind: PlanRelation.Kind) {
      self.from = from
      self.to = to
      self.kind = kind
    }
  }

  package var nodes: [Node]
  package var edges: [Edge]

  package init(nodes: [Node], edges: [Edge]) {
    self.nodes = nodes
    self.edges = edges
  }

  /// Each plan on a line, with what it says about others below it.
  package func text(_ style: Style, width: Int? = nil) -> String {
    var needs: [String: [Edge]] = [:]
    var lists: [String: [Edge]] = [:]
    for edge in edges {
      if edge.kind == .lists {
        lists[edge.from, default: []].append(edge)
      } else {
        needs[edge.to, default: []].append(edge)
      }
    }
    let missing = Set(nodes.filter(\.isMissing).map(\.path))
    func line(_ word: String, _ path: String) -> String {
      "  \(word) \(PrintableText.line(path))\(missing.contains(path) ? " (not there)" : "")\n"
    }
    var out = ""
    // A successor that is not written yet is no plan, and waits for one.
    for node in nodes where node.dialect != nil || needs[node.path] != nil {
      out += style.paint(PrintableText.line(node.path), .heading)
      if let title = node.title { out += "  " + PrintableText.line(title) }
      if node.isMissing { out += "  (not there)" }
      out += "\n"
      for edge in needs[node.path] ?? [] {
        out += line(edge.kind == .soft ? "had better wait for" : "waits for", edge.from)
      }
      for edge in lists[node.path] ?? [] { out += line("lists", edge.to) }
    }
    return out
  }

  /// One JSON object and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("plans", nodes) { json, node in
        json.object { json in
          json.member("path", node.path)
          json.member("title", node.title)
          json.member("dialect", node.dialect)
          json.member("missing", node.isMissing)
        }
      }
      json.member("edges", edges) { json, edge in
        json.object { json in
          json.member("from", edge.from)
          json.member("to", edge.to)
          json.member("kind", edge.kind.rawValue)
        }
      }
    }
    json.newline()
    return json.bytes
  }
}

extension ProjectGraphView {
  package func dot() -> String { GraphText.dot(plans: drawnNodes, drawnEdges) }

  package func mermaid() -> String { GraphText.mermaid(plans: drawnNodes, drawnEdges) }

  private var drawnNodes: [GraphText.PlanNode] {
    nodes.map { GraphText.PlanNode(path: $0.path, title: $0.title, isMissing: $0.isMissing) }
  }

  private var drawnEdges: [GraphText.PlanEdge] {
    var places: [String: Int] = [:]
    for (index, node) in nodes.enumerated() { places[node.path] = index }
    return edges.compactMap { edge in
      guard let from = places[edge.from], let to = places[edge.to] else { return nil }
      return GraphText.PlanEdge(from: from, to: to, isFirm: edge.kind == .dependsOn)
    }
  }
}
