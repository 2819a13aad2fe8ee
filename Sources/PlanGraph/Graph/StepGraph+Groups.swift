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
      if let before, !step.standsForOthers {
        edges.append(GraphEdge(from: start + before, to: start + index, .order, step.id.range))
      }
      if step.groupID == nil { before = index }
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
