internal import PlanGraph
internal import PlanModel

extension GraphView {
  /// The nodes in layers: each stands one layer below the lowest node that it needs, and the number of a layer stands
  /// at its first node. `*` marks the critical path.
  package func text(_ style: Style, width: Int? = nil) -> String {
    guard !nodes.isEmpty else { return "no steps\n" }
    let needs = needsByNode
    let critical = Set(criticalPath)
    var table = Table(
      [.init("", .right), .init(""), .init(""), .init(""), .init(""), .init("", isFlexible: true)], hasHeader: false)
    for (number, layer) in layers(needs).enumerated() {
      for (place, index) in layer.enumerated() {
        let node = nodes[index]
        let names = needs[index].map { nodes[$0].id }
        table.rows.append([
          place == 0 ? .init(String(number + 1), .skipped) : "",
          critical.contains(node.id) ? .init("*", .warning) : "", .init(node.id), .init(node.action, .skipped),
          .init(node.state?.word ?? "", node.state?.role),
          .init(names.isEmpty ? "" : "needs " + PeopleText.list(names)),
        ])
      }
    }
    var out = table.text(style, width: width)
    if !criticalPath.isEmpty {
      let path = PrintableText.line(PeopleText.path(criticalPath))
      let lines = LineWrap.hanging(path, first: "* critical path: ", width: width)
      let title = style.paint("*", .warning) + " " + style.paint("critical path:", .heading)
      out += "\n" + title + lines.dropFirst("* critical path:".count)
    }
    return out
  }

  /// For every node the distinct nodes that it needs, by index.
  private var needsByNode: [[Int]] {
    var indices: [String: Int] = [:]
    for (index, node) in nodes.enumerated() { indices[node.id] = index }
    var needs = [[Int]](repeating: [], count: nodes.count)
    for edge in edges {
      guard let from = indices[edge.from], let to = indices[edge.to] else { continue }
      needs[to].append(from)
    }
    return needs.map { list in
      var seen: Set<Int> = []
      return list.filter { seen.insert($0).inserted }
    }
  }

  /// Kahn's algorithm, layer by layer; what lies on a cycle stands in a last layer.
  private func layers(_ needs: [[Int]]) -> [[Int]] {
    var dependents = [[Int]](repeating: [], count: nodes.count)
    var open = needs.map(\.count)
    for (node, list) in needs.enumerated() {
      for need in list { dependents[need].append(node) }
    }
    var layers: [[Int]] = []
    var isPlaced = [Bool](repeating: false, count: nodes.count)
    var layer = nodes.indices.filter { open[$0] == 0 }
    while !layer.isEmpty {
      layers.append(layer)
      var next: [Int] = []
      for node in layer {
        isPlaced[node] = true
        for dependent in dependents[node] {
          open[dependent] -= 1
          if open[dependent] == 0 { next.append(dependent) }
        }
      }
      layer = next.sorted()
    }
    let rest = nodes.indices.filter { !isPlaced[$0] }
    if !rest.isEmpty { layers.append(rest) }
    return layers
  }
}
