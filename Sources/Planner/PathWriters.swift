package import PlanModel

/// Which steps write one path after one another: only the last of them is compared with what is there.
package struct PathWriters: Sendable {
  /// By literal path, nodes in topological order.
  private var writers: [String: [Int]] = [:]
  private var positions: [Int]

  init(nodes: [PlannedNode], order: [Int]) {
    positions = Array(repeating: 0, count: nodes.count)
    for (position, node) in order.enumerated() { positions[node] = position }
    var all: [String: [Int]] = [:]
    for node in order {
      for pattern in nodes[node].step.recordedOutputs where pattern.isLiteral && !pattern.isNegated {
        if all[pattern.text]?.last != node { all[pattern.text, default: []].append(node) }
      }
    }
    writers = all
  }

  /// Adds a node that a run has found: it comes where the one comes that found it.
  mutating func append(_ node: Int, _ step: Step, at template: Int) {
    positions.append(positions[template])
    add(node, step)
  }

  /// Takes a node out that is found no more, or whose paths are other ones now.
  mutating func remove(_ node: Int, _ step: Step) {
    for path in literalPaths(of: step) { writers[path]?.removeAll { $0 == node } }
  }

  mutating func add(_ node: Int, _ step: Step) {
    for path in literalPaths(of: step) where writers[path]?.last != node { writers[path, default: []].append(node) }
  }

  private func literalPaths(of step: Step) -> [String] {
    step.recordedOutputs.filter { $0.isLiteral && !$0.isNegated }.map(\.text)
  }

  /// All that write a path.
  package func all(writing path: String) -> [Int] { writers[path] ?? [] }

  /// Those of the writers of a path that come after a node.
  package func later(than node: Int, writing path: String) -> [Int] {
    writers[path]?.filter { positions[$0] > positions[node] } ?? []
  }

  /// Those of the writers of a path that come before a node.
  package func earlier(than node: Int, writing path: String) -> [Int] {
    writers[path]?.filter { positions[$0] < positions[node] } ?? []
  }
}

extension Step {
  /// The paths whose digests are recorded when the step ends: declared outputs, the file that a `file` or
  /// `edit` action makes or `fetch` gets, and the artifacts of a manual or an agent step.
  package var recordedOutputs: [PathPattern] {
    switch action {
    // A folder is there or not; what is in it is the business of other steps.
    case .file(let file) where file.content == .directory: outputs
    case .file(let file): outputs + [file.path]
    case .edit(let edit): outputs + [edit.path]
    case .fetch(let fetch): outputs + [fetch.path]
    case .manual(let manual): outputs + manual.acceptance.artifacts
    case .agent(let agent): outputs + agent.acceptance.artifacts
    case .run, .exec, .sql, .http, .wait, .check, .approve, .uses: outputs
    }
  }

  /// The paths whose digests are recorded before the step starts: declared inputs and the files that the
  /// action names.
  package var recordedInputs: [PathPattern] {
    var paths = inputs
    if let source = action.sourcePath { paths.append(source) }
    if case .agent(let agent) = action { paths += agent.context }
    if case .check(let check) = action {
      for check in check.checks {
        switch check.kind {
        case .exists(let exists): paths.append(exists.glob)
        case .file(let file): paths.append(file.path)
        case .sql, .table: paths += check.readFiles
        case .run, .http: break
        }
      }
    }
    return paths
  }
}
