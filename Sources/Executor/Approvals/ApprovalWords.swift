internal import PlanGraph
internal import PlanModel
package import Planner
internal import SourceText

/// How a question is answered, as a command.
extension CommandWords {
  /// Without the program's name.
  package func approve(_ node: String) -> String {
    if node == "approval:plan" { return "approve \(plan)" }
    if node.hasPrefix("approval:") {
      return "approve \(plan) --phase \(CommandWords.word(String(node.dropFirst("approval:".count))))"
    }
    return "approve \(plan) \(CommandWords.word(node))"
  }
}

extension PlannedPlan {
  /// What a question is about, as messages name it.
  package func nameOfApproval(_ node: Int) -> String {
    switch graph.nodes[node].kind {
    case .approval(nil): "the plan"
    case .approval(let phase?): "phase \"\(plan.phases[phase].id.value)\""
    case .step, .gate, .finally: "\"\(nodes[node].id)\""
    }
  }
}
