internal import PlanGraph
internal import PlanModel
internal import Planner

extension RunPosition {
  /// A checkpoint no longer counts: its step runs again, and what depends on it is looked at again.
  mutating func drop(_ index: Int, _ reason: Reason, in planned: PlannedPlan) {
    let id = planned.nodes[index].id
    checkpoints[id] = nil
    unverified.remove(id)
    dropped[id] = reason
    for dependent in planned.graph.downstream(of: [index]) where dependent != index {
      let id = planned.nodes[dependent].id
      if checkpoints[id] != nil { stale.insert(id) }
    }
  }
}
