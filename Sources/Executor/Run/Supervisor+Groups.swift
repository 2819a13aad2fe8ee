internal import PlanModel
internal import Planner

extension Supervisor {
  /// What became of a node that is done; of a group it is made once, when the last member is done.
  func outcome(of node: Int) -> Checkpoint? {
    if let checkpoint = records[node].checkpoint { return checkpoint }
    guard planned.nodes[node].isGroup else { return nil }
    let result = planned.groupResult(of: node) { outcome(of: $0) }
    records[node].checkpoint = result
    return result
  }

  /// Whether the plan lets the run go on when the step fails: by the step itself, or by a call around it.
  func allowsFailure(of node: Int) -> Bool {
    planned.nodes[node].step.allowFailure || planned.calledParts.allowing(node) != nil
  }

  /// A step failed: where a call around it allows that, the rest of its plan is left out.
  func noteFailure(of node: Int) {
    let leftOut = calledFailures.note(node, in: planned)
    if !leftOut.isEmpty { scheduler.handle(.reconsider(leftOut)) }
  }

  /// Whether a step ends a called plan whose steps are all done: nothing of it is made again in this run.
  func endsWhatIsDone(_ node: Int) -> Bool {
    guard let part = planned.calledParts.closed(by: node) else { return false }
    return planned.calledParts.all[part].main.allSatisfy { scheduler.status[$0] == .done }
  }

  /// Whether a member of a group has failed, for the steps that run all the same.
  func hasFailedMember(_ node: Int) -> Bool {
    planned.parts(of: node).contains { failures.contains(planned.nodes[$0].id) }
  }
}
