internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText

/// Finds the items of a step and makes their steps; a value, so that it can be done in another thread.
struct ExpansionJob: Sendable {
  var look: ExpansionLook
  /// What was found in an earlier leg; it stands if no need gave another result.
  var stale: Checkpoint?
  var pools: [Pool]
  var site: ExecutionSite

  private var node: PlannedNode { look.node }

  func prepare() -> PreparationJob.Prepared { decided().masked(by: site.secrets.masker) }

  private func decided() -> PreparationJob.Prepared {
    if let stale, Judge.Question(needs: look.needs, memory: StepMemory()).standsUnchanged(stale) {
      var prepared = prepared(StepDecision(.skip, .checkpointed), .settle)
      prepared.keepsStale = true
      return prepared
    }
    switch look.answer() {
    case .undecided(let decision):
      return failed(decision.reasons.first?.text ?? "it cannot be decided")
    case .skipped(_, let decision): return prepared(decision, .settle)
    case .failed(let why): return failed(why)
    case .items(let items): return found(items)
    }
  }

  private func found(_ items: [ForeachItem]) -> PreparationJob.Prepared {
    guard let expansion = node.step.expansion else { return failed("it has no items") }
    var answer = prepared(StepDecision(.run, .findsItems, "\(items.count)"), .settle)
    do throws(ExpansionProblem) {
      answer.steps = try expansion.steps(for: items)
    } catch {
      return failed(error.message)
    }
    // The items are kept, and their keys stand in ids.
    if let problem = site.secrets.problem(with: [ForeachItem.record(of: items)], in: "\"\(node.id)\"") {
      return failed(problem)
    }
    if let race = GraphRules.race(among: answer.steps, pools: pools) { return failed(race) }
    answer.items = items
    return answer
  }

  private func prepared(
    _ decision: StepDecision, _ verdict: SchedulerEvent.Preparation
  ) -> PreparationJob.Prepared {
    PreparationJob.Prepared(judgement: Judgement(decision, definition: node.digest), verdict: verdict)
  }

  private func failed(_ why: String) -> PreparationJob.Prepared {
    var answer = prepared(StepDecision(.blocked, .error, why), .fail)
    answer.problem = why
    return answer
  }
}
