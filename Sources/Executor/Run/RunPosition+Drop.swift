internal import PlanGraph
internal import PlanModel
internal import Planner

extension RunPosition {
  /// Checkpoints no longer count: their steps run again, and what depends on them is looked at again.
  ///
  /// - Parameter reasons: by node.
  mutating func drop(_ reasons: [Int: Reason], in planned: PlannedPlan) {
    if reasons.isEmpty { return }
    for (index, reason) in reasons {
      let id = planned.nodes[index].id
      checkpoints[id] = nil
      unverified.remove(id)
      dropped[id] = reason
    }
    for dependent in planned.graph.downstream(of: reasons.keys) where reasons[dependent] == nil {
      let id = planned.nodes[dependent].id
      if checkpoints[id] != nil { stale.insert(id) }
    }
  }
}
