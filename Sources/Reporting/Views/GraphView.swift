package import PlanGraph
package import PlanModel

/// The graph of a plan as it is shown.
package struct GraphView: Sendable {
  package struct Node: Sendable {
    package var id: String
    /// The action's key, or `gate`.
    package var action: String
    package var phase: String?
    package var state: StepState?

    package init(id: String, action: String, phase: String? = nil, state: StepState? = nil) {
      self.id = id
      self.action = action
      self.phase = phase
      self.state = state
    }
  }

  package struct Edge: Hashable, Sendable {
    /// The node that comes first.
    package var from: String
    /// The node that needs it.
    package var to: String
    package var kind: EdgeKind

    package init(from: String, to: String, kind: EdgeKind) {
      self.from = from
      self.to = to
      self.kind = kind
    }
  }

  package var nodes: [Node]
  package var edges: [Edge]
  package var criticalPath: [String]

  package init(nodes: [Node], edges: [Edge], criticalPath: [String] = []) {
    self.nodes = nodes
    self.edges = edges
    self.criticalPath = criticalPath
  }

  /// One JSON object and a line end.
  package func json() -> [UInt8] {
    var json = JSONText()
    json.object { json in
      json.member("format_version", machineFormatVersion)
      json.member("nodes", nodes) { json, node in
        json.object { json in
          json.member("id", node.id)
          json.member("action", node.action)
          json.member("phase", node.phase)
          json.member("state", node.state?.rawValue)
        }
      }
      json.member("edges", edges) { json, edge in
        json.object { json in
          json.member("from", edge.from)
          json.member("to", edge.to)
          json.member("kind", edge.kind.rawValue)
        }
      }
      json.member("critical_path", criticalPath)
    }
    json.newline()
    return json.bytes
  }
}
