internal import PlanGraph
internal import PlanModel

extension GraphView {
  /// The nodes in layers: each stands one layer below the lowest node that it needs. `*` marks the
  /// critical path.
  package func text(_ style: Style, width: Int? = nil) -> String {
    guard !nodes.isEmpty else { return "no steps\n" }
    let needs = needsByNode
    let critical = Set(criticalPath)
    let layers = layers(needs)
    var table = Table(
      [.init(""), .init(""), .init(""), .init(""), .init("", isFlexible: true)], indent: 2, hasHeader: false)
    for layer in layers {
      for index in layer {
        let node = nodes[index]
        let names = needs[index].map { nodes[$0].id }
        table.rows.append([
          critical.contains(node.id) ? .init("*", .warning) : "", .init(node.id), .init(node.action, .skipped),
          .init(node.state?.word ?? "", node.state?.role),
          .init(names.isEmpty ? "" : "needs " + PeopleText.list(names)),
        ])
      }
    }
    let lines = table.text(style, width: width).split(separator: "\n", omittingEmptySubsequences: false)
    var out = ""
    var next = 0
    for (number, layer) in layers.enumerated() {
      if number > 0 { out += "\n" }
      out += style.paint("layer \(number + 1)", .heading) + "\n"
      for line in lines[next..<next + layer.count] { out += line + "\n" }
      next += layer.count
    }
    if !criticalPath.isEmpty {
      let path = criticalPath.map(PrintableText.line).joined(separator: " -> ")
      out += "\n\(style.paint("critical path:", .heading)) \(path)\n"
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
