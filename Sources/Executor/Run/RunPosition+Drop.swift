internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText

extension RunPosition {
  /// Checkpoints no longer count: their steps run again, and what depends on them is looked at again.
  ///
  /// - Parameter reasons: by node.
  mutating func drop(_ reasons: [Int: Reason], in planned: PlannedPlan) {
    if reasons.isEmpty { return }
    for (index, reason) in reasons {
      let id = planned.nodes[index].id
      former[id] = checkpoints.removeValue(forKey: id)
      unverified.remove(id)
      dropped[id] = reason
    }
    for dependent in planned.graph.downstream(of: reasons.keys) where reasons[dependent] == nil {
      let id = planned.nodes[dependent].id
      if checkpoints[id] != nil { stale.insert(id) }
    }
  }

  /// Steps under `finally` belong to a leg: the next one runs them again. Those of a called plan stand when it is done
  /// as a whole.
  mutating func reopenFinally(in planned: PlannedPlan) {
    for (index, node) in planned.nodes.enumerated() where planned.graph.nodes[index].isFinally {
      checkpoints[node.id] = nil
    }
    for part in planned.calledParts.all where !part.closing.isEmpty {
      let isComplete = part.main.allSatisfy { index in
        planned.nodes[index].isBarrier || isDone(planned.nodes[index].id)
      }
      if isComplete { continue }
      for index in part.closing {
        guard let checkpoint = checkpoints.removeValue(forKey: planned.nodes[index].id),
          checkpoint.outcome == .succeeded
        else { continue }
        // It took back what is needed again now.
        for id in planned.undoneSteps(of: index) {
          guard let undone = checkpoints.removeValue(forKey: id) else { continue }
          former[id] = undone
          dropped[id] = Reason(.upstreamRan, "\"\(planned.nodes[index].id)\" took it back")
        }
      }
    }
  }

  /// Looks again at what rests on an earlier result of a step: an earlier leg ran that step anew, or was about to, and
  /// was cut off before it came to those after it.
  mutating func markStale(in planned: PlannedPlan) {
    // What `finally` took back is made again for those that come, not for those that are done.
    let undone = Set(planned.nodes.flatMap { $0.step.undoes.map(\.value) })
    let results = planned.results(checkpoints)
    let resting = planned.nodes.indices.filter { index in
      let node = planned.nodes[index]
      guard !node.isFinally, let checkpoint = checkpoints[node.id],
        checkpoint.attempt != nil || node.isTemplate
      else { return false }
      return planned.needIDs(of: index).contains { need in
        guard !undone.contains(need), let seen = checkpoint.needResults[need] else { return false }
        return results[need]?.result != seen
      }
    }
    if resting.isEmpty { return }
    for index in Set(resting).union(planned.graph.downstream(of: resting)) {
      let id = planned.nodes[index].id
      if checkpoints[id] != nil, !planned.nodes[index].isFinally { stale.insert(id) }
    }
  }
}
