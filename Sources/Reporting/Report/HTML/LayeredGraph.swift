/// Places for the nodes of a graph without cycles: columns by how far from the beginning a node is, and in each an order
/// in which few edges cross.
///
/// The method is that of Sugiyama, Tagawa and Toda (1981): layers by the longest path, an empty node in every layer that
/// an edge passes, and some sweeps in which each layer is ordered by the mean place of its neighbours.
struct LayeredGraph {
  /// An edge with the rows that it passes in the columns between its ends.
  struct Route: Hashable {
    var from: Int
    var to: Int
    var rows: [Int]
  }

  /// By node.
  private(set) var columns: [Int] = []
  private(set) var rows: [Int] = []
  private(set) var routes: [Route] = []
  private(set) var columnCount = 0
  private(set) var rowCount = 0

  private static let sweeps = 4
  /// Empty nodes of all edges together.
  private static let passLimit = 20_000

  /// - Parameters:
  ///   - needs: by node the nodes before it.
  ///   - last: nodes that stand behind all others.
  /// - Returns: nil when the edges are too many or too long to be drawn.
  init?(needs all: [[Int]], last: Set<Int> = []) {
    columns = LayeredGraph.layers(all)
    // What is left out lies on no longest path, so the layers stay.
    let needs = LayeredGraph.reduced(all, columns)
    let end = (needs.indices.filter { !last.contains($0) }.map { columns[$0] }.max() ?? -1) + 1
    for node in last { columns[node] += end }
    var length = 0
    for (node, list) in needs.enumerated() {
      for need in list { length += columns[node] - columns[need] }
    }
    guard length <= LayeredGraph.passLimit else { return nil }
    columnCount = (columns.max() ?? -1) + 1
    var layers = [[Int]](repeating: [], count: columnCount)
    var before: [[Int]] = needs.map { _ in [] }
    for node in needs.indices { layers[columns[node]].append(node) }
    // Empty nodes stand behind the others; `chains` keeps those of each edge.
    var chains: [(from: Int, to: Int, passed: [Int])] = []
    for (node, list) in needs.enumerated() {
      for need in list {
        var last = need
        var passed: [Int] = []
        for column in (columns[need] + 1)..<max(columns[need] + 1, columns[node]) {
          let place = before.count
          before.append([last])
          layers[column].append(place)
          passed.append(place)
          last = place
        }
        before[node].append(last)
        chains.append((need, node, passed))
      }
    }
    let places = LayeredGraph.ordered(&layers, before)
    rowCount = layers.map(\.count).max() ?? 0
    rows = needs.indices.map { places[$0] }
    routes = chains.map { Route(from: $0.from, to: $0.to, rows: $0.passed.map { places[$0] }) }
  }

  /// Leaves out what follows from the rest: `c` needs `a` if it needs `b`, and `b` needs `a`.
  private static func reduced(_ needs: [[Int]], _ layers: [Int]) -> [[Int]] {
    var before = [Set<Int>](repeating: [], count: needs.count)
    for node in needs.indices.sorted(by: { layers[$0] < layers[$1] }) {
      for need in needs[node] { before[node].formUnion(before[need].union([need])) }
    }
    return needs.map { list in list.filter { need in !list.contains { before[$0].contains(need) } } }
  }

  /// By node the length of the longest path to it.
  private static func layers(_ needs: [[Int]]) -> [Int] {
    var dependents = [[Int]](repeating: [], count: needs.count)
    var open = needs.map(\.count)
    for (node, list) in needs.enumerated() {
      for need in list { dependents[need].append(node) }
    }
    var layers = [Int](repeating: 0, count: needs.count)
    var ready = needs.indices.filter { open[$0] == 0 }
    while let node = ready.popLast() {
      for next in dependents[node] {
        layers[next] = max(layers[next], layers[node] + 1)
        open[next] -= 1
        if open[next] == 0 { ready.append(next) }
      }
    }
    return layers
  }

  /// Orders each layer; answers the row of every node.
  private static func ordered(_ layers: inout [[Int]], _ before: [[Int]]) -> [Int] {
    var after = [[Int]](repeating: [], count: before.count)
    for (node, list) in before.enumerated() {
      for need in list { after[need].append(node) }
    }
    var places = [Int](repeating: 0, count: before.count)
    func place(_ layer: [Int]) {
      for (row, node) in layer.enumerated() { places[node] = row }
    }
    for layer in layers { place(layer) }
    for sweep in 0..<sweeps {
      let neighbours = sweep.isMultiple(of: 2) ? before : after
      for column in sweep.isMultiple(of: 2) ? Array(layers.indices) : layers.indices.reversed() {
        let keys = layers[column].map { node -> Double in
          let near = neighbours[node]
          guard !near.isEmpty else { return Double(places[node]) }
          return Double(near.reduce(0) { $0 + places[$1] }) / Double(near.count)
        }
        let order = layers[column].indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        layers[column] = order.map { layers[column][$0] }
        place(layers[column])
      }
    }
    return places
  }
}
