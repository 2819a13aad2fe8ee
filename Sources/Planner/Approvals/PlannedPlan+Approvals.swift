internal import PlanGraph

extension PlannedPlan {
  /// The nodes at which people are asked, in the order of the plan.
  package var approvals: [Int] { listedNodes.filter { nodes[$0].isApproval } }
}
