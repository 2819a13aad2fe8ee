package import PlanModel
internal import SourceText

/// One look at a step that finds its items: first its condition, as far as it is about the whole, then the list.
package struct ExpansionLook: Sendable {
  package enum Answer: Sendable {
    /// Held by what it needs, or not known yet.
    case undecided(StepDecision)
    /// There are no items, as the whole is skipped.
    case skipped(Checkpoint.Outcome, StepDecision)
    case items([ForeachItem])
    case failed(String)
  }

  package var node: PlannedNode
  package var needs: [(id: String, forecast: NeedForecast)]
  package var scope: RunScope

  package init(node: PlannedNode, needs: [(id: String, forecast: NeedForecast)], scope: RunScope) {
    self.node = node
    self.needs = needs
    self.scope = scope
  }

  package func answer() -> Answer {
    guard let expansion = node.step.expansion else { return .items([]) }
    if let held = Look.held(by: needs) { return .undecided(held) }
    do throws(EvaluationError) {
      // What reads the item is decided for each.
      if let when = node.step.when, !when.references.contains(where: \.value.isItem),
        !(try when.evaluateCondition(in: scope))
      {
        return .skipped(.conditionFalse, StepDecision(.skip, .conditionFalse))
      }
    } catch {
      return Look.undecided(error).map(Answer.undecided) ?? .failed("when: \(error.message)")
    }
    let reads = expansion.list.requiredReferences.filter { $0.value.step != nil }
    if let missing = Look.missingValue(among: reads, in: scope) {
      return .skipped(.noValue, StepDecision(.skip, .noValue, missing))
    }
    let value: Value
    do throws(EvaluationError) {
      value = try expansion.list.evaluate(in: scope)
    } catch {
      return Look.undecided(error).map(Answer.undecided) ?? .failed("foreach: \(error.message)")
    }
    do throws(ExpansionProblem) {
      return .items(try expansion.items(of: value))
    } catch {
      return .failed(error.message)
    }
  }
}
