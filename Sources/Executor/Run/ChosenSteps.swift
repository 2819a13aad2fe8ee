internal import PlanGraph
internal import PlanModel
package import Planner

/// What `--only`, `--from`, `--until`, `--phase`, `--skip` and `--rerun` name, as far as the plan alone can tell.
package struct ChosenSteps {
  /// The nodes that are selected, without what they need.
  package let selected: Set<Int>
  /// `--skip`.
  package let skipped: Set<Int>

  /// Fails with exit code 64 when a step or phase is not there, and with 5 when the value of a skipped step is read.
  package static func of(_ planned: PlannedPlan, _ options: ExecutionOptions) -> Result<ChosenSteps, Refusal> {
    let graph = planned.graph
    let chosen: ChosenSteps
    switch (
      options.selection.closure(in: graph, of: planned.plan), options.selection.skipped(in: graph, of: planned.plan)
    ) {
    case (.failure(let error), _), (_, .failure(let error)):
      if case .skippedValueIsRead = error { return .failure(Refusal(.refused, error.message)) }
      return .failure(Refusal(.usage, error.message))
    case (.success(let selected), .success(let skipped)): chosen = ChosenSteps(selected: selected, skipped: skipped)
    }
    for id in options.rerun.sorted() where id != "*" {
      guard let node = graph.index(of: id) else { return .failure(Refusal(.usage, "there is no step \"\(id)\"")) }
      if !chosen.selected.contains(node), !graph.nodes[node].isFinally {
        return .failure(Refusal(.usage, "\"--rerun \(id)\" is not among the selected steps"))
      }
    }
    return .success(chosen)
  }
}
