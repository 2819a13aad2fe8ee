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

  /// Whether a member of a group has failed, for the steps that run all the same.
  func hasFailedMember(_ node: Int) -> Bool {
    planned.parts(of: node).contains { failures.contains(planned.nodes[$0].id) }
  }
}
