internal import PlanModel
internal import SourceText

extension StepGraph {
  /// In listed order a group is one step: its members come after the one above it, and the one below comes after all
  /// of them.
  static func appendListed(_ steps: [Step], from start: Int, to edges: inout [GraphEdge]) {
    // Gates come after the others wherever they stand.
    let order = steps.indices.filter { !steps[$0].isGate } + steps.indices.filter { steps[$0].isGate }
    var before: Int?
    for index in order {
      let step = steps[index]
      if let before, !step.standsForOthers, step.closes == nil {
        edges.append(GraphEdge(from: start + before, to: start + index, .order, step.id.range))
      }
      if step.groupID == nil { before = index }
    }
  }

  /// The steps at the end of a called plan come after its others, and the first of them after all of those.
  static func appendEnds(_ steps: [Step], to edges: inout [GraphEdge]) {
    guard steps.contains(where: { $0.group?.closing.isEmpty == false }) else { return }
    var closing: [String: [Int]] = [:]
    for index in steps.indices where steps[index].needs.isEmpty {
      if let call = steps[index].closes { closing[call, default: []].append(index) }
    }
    let indices = Dictionary(
      steps.indices.map { (steps[$0].id.value, $0) }, uniquingKeysWith: { first, _ in first })
    for step in steps {
      guard let group = step.group, let first = group.closing.first, let call = steps[indices[first] ?? 0].closes else {
        continue
      }
      for member in group.members {
        guard let member = indices[member.step] else { continue }
        for end in closing[call] ?? [] { edges.append(GraphEdge(from: member, to: end, .end, step.id.range)) }
      }
    }
  }

  /// What stands for a group waits for its members, and the steps of a called plan for those that it says, whatever
  /// orders the steps of the plan.
  static func appendGroups(_ steps: [Step], from start: Int, _ indices: [String: Int32], to edges: inout [GraphEdge]) {
    for (index, step) in steps.enumerated() where step.isCalled || step.standsForOthers {
      for need in step.needs {
        guard let needed = indices[need.value].map(Int.init) else { continue }
        edges.append(GraphEdge(from: needed, to: start + index, .needs, step.id.range))
      }
    }
  }
}
