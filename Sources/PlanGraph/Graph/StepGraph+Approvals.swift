internal import PlanModel
internal import SourceText

extension StepGraph {
  /// The questions that the plan demands: one for the plan, or one for each phase that has steps.
  static func approvals(of plan: Plan) -> [GraphNode] {
    switch plan.approval {
    case .none: return []
    case .plan: return [GraphNode(.approval(nil), id: "approval:plan")]
    case .phases:
      let used = Set(plan.steps.lazy.compactMap { $0.phase?.value })
      return plan.phases.indices.filter { used.contains(plan.phases[$0].id.value) }.map {
        GraphNode(.approval($0), id: "approval:\(plan.phases[$0].id.value)")
      }
    }
  }

  /// A phase is approved when the ones before it are done, and before the first of its own steps; a plan before
  /// everything.
  static func appendApprovals(
    _ plan: Plan, _ approvals: ArraySlice<GraphNode>, phaseOfStep: [Int32], _ indices: [String: Int32],
    to edges: inout [GraphEdge]
  ) {
    if approvals.isEmpty { return }
    let gates = plan.steps.count
    var approvalOfPhase: [Int: Int] = [:]
    for (node, approval) in zip(approvals.indices, approvals) {
      guard case .approval(let phase?) = approval.kind else {
        return appendPlanApproval(plan, node, to: &edges)
      }
      approvalOfPhase[phase] = node
      let declared = plan.phases[phase]
      let before: [Int] =
        if let needs = declared.needs {
          needs.compactMap { indices[$0.value].map(Int.init) }.filter { $0 != phase }
        } else {
          phase > 0 ? [phase - 1] : []
        }
      for earlier in before {
        edges.append(GraphEdge(from: gates + earlier, to: node, .phase, declared.id.range))
      }
    }
    for step in phaseOfStep.indices {
      guard let node = approvalOfPhase[Int(phaseOfStep[step])] else { continue }
      edges.append(GraphEdge(from: node, to: step, .approval, plan.steps[step].id.range))
    }
  }

  private static func appendPlanApproval(_ plan: Plan, _ node: Int, to edges: inout [GraphEdge]) {
    let count = plan.steps.count + plan.phases.count
    var isFirst = [Bool](repeating: true, count: count)
    for edge in edges where edge.to < count { isFirst[edge.to] = false }
    for first in isFirst.indices where isFirst[first] {
      let range = first < plan.steps.count ? plan.steps[first].id.range : plan.phases[first - plan.steps.count].id.range
      edges.append(GraphEdge(from: node, to: first, .approval, range))
    }
  }
}
