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
    if let asked = chosen.skipped.filter({ planned.nodes[$0].isApproval }).min() {
      return .failure(
        Refusal(
          .usage, "\"\(planned.nodes[asked].id)\" asks people and is not skipped",
          details: ["an approval is answered with \"execplan approve\""]))
    }
    do throws(SelectionError) {
      _ = try StepNames(graph, planned.plan).union(options.rerunFrom)
    } catch {
      return .failure(Refusal(.usage, error.message))
    }
    for name in options.rerun.sorted() where name != "*" && !isGate(name, planned) {
      do throws(SelectionError) {
        for node in try StepNames(graph, planned.plan).nodes(name, mayBeFinally: true) {
          if chosen.selected.contains(node) || graph.nodes[node].isFinally || planned.nodes[node].isGroup { continue }
          return .failure(Refusal(.usage, "\"--rerun \(name)\" is not among the selected steps"))
        }
      } catch {
        return .failure(Refusal(.usage, error.message))
      }
    }
    return .success(chosen)
  }

  /// Gates come with `--rerun-from`; nobody names one.
  private static func isGate(_ name: String, _ planned: PlannedPlan) -> Bool {
    planned.graph.index(of: name).map { planned.nodes[$0].isGate } ?? false
  }
}

extension ExecutionOptions {
  /// The options with the ids of the steps that `--rerun` means by labels, groups and keys; what names nothing stays,
  /// so that it is refused.
  package func naming(stepsOf planned: PlannedPlan) -> ExecutionOptions {
    if rerun.isEmpty, rerunFrom.isEmpty { return self }
    let names = StepNames(planned.graph, planned.plan)
    var options = self
    options.rerun = []
    for name in rerun {
      if name != "*", let ids = try? names.ids(name) {
        options.rerun.formUnion(ids)
      } else {
        options.rerun.insert(name)
      }
    }
    if !rerunFrom.isEmpty, let first = try? names.union(rerunFrom) {
      for node in planned.graph.downstream(of: first) where !planned.nodes[node].isGroup {
        options.rerun.insert(planned.nodes[node].id)
      }
    }
    return options
  }
}
