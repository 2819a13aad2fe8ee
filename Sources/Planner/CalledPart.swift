internal import PlanGraph
internal import PlanModel
internal import SourceText

/// A plan that is called, as a part of the run, if it has steps for its end or may fail.
package struct CalledPart: Sendable {
  /// Stands for it.
  package let node: Int
  /// Its steps and what stands for groups of them, those of plans that it calls among them.
  package fileprivate(set) var main: [Int] = []
  /// What runs at its end.
  package fileprivate(set) var closing: [Int] = []
  /// `allow_failure` of the step that calls it.
  package let allowsFailure: Bool
}

/// The called plans of a plan, and which nodes are parts of which.
package struct CalledParts: Sendable {
  /// Those within others come before them; those with steps for their end before the rest.
  package private(set) var all: [CalledPart] = []
  /// How many have steps for their end.
  package private(set) var closedCount = 0
  /// By node, the parts of whose main part it is, the innermost first.
  private var around: [[Int]] = []
  private var closes: [Int: Int] = [:]

  init(_ nodes: [PlannedNode]) {
    var called: [Int] = []
    for (index, node) in nodes.enumerated() {
      guard let group = node.step.group, case .call = group.kind else { continue }
      if !group.closing.isEmpty || node.step.allowFailure { called.append(index) }
    }
    if called.isEmpty { return }
    let isClosed = { (index: Int) in nodes[index].step.group?.closing.isEmpty == false }
    let ordered = called.filter(isClosed) + called.filter { !isClosed($0) }
    closedCount = called.count(where: isClosed)
    all = ordered.map { CalledPart(node: $0, allowsFailure: nodes[$0].step.allowFailure) }
    let parts = Dictionary(all.indices.map { (nodes[all[$0].node].id, $0) }, uniquingKeysWith: { first, _ in first })
    around = nodes.indices.map { index in
      var list: [Int] = []
      let step = nodes[index].step
      var name = step.id.value[...]
      while let slash = name.lastIndex(of: "/") {
        name = name[..<slash]
        guard let part = parts[String(name)] else { continue }
        if step.closes == String(name) {
          all[part].closing.append(index)
          closes[index] = part
        } else {
          all[part].main.append(index)
          list.append(part)
        }
      }
      return list
    }
  }

  /// An item that was found belongs where the step is that found it.
  mutating func add(_ node: Int, like template: Int) {
    if isEmpty { return }
    around.append(around[template])
    for part in around[template] { all[part].main.append(node) }
    guard let part = closes[template] else { return }
    closes[node] = part
    all[part].closing.append(node)
  }

  package var isEmpty: Bool { all.isEmpty }

  /// The parts of whose main part a node is, the innermost first.
  package func around(_ node: Int) -> [Int] { around.isEmpty ? [] : around[node] }

  /// The part at whose end a node runs.
  package func closed(by node: Int) -> Int? { closes[node] }

  /// The innermost part around a node, its end included, whose failure is allowed.
  package func allowing(_ node: Int) -> Int? {
    ((closed(by: node).map { [$0] } ?? []) + around(node)).first { all[$0].allowsFailure }
  }
}
