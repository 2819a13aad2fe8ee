internal import PlanModel

/// Every step of a plan with its node, the main part first; taken one by one, since a step is a large value.
struct NodesAndSteps: Sequence, IteratorProtocol {
  let plan: Plan
  let finallyStart: Int
  private var position = 0

  init(plan: Plan, finallyStart: Int) {
    self.plan = plan
    self.finallyStart = finallyStart
  }

  mutating func next() -> (node: Int, step: Step)? {
    let index = position
    position += 1
    if index < plan.steps.count { return (index, plan.steps[index]) }
    let last = index - plan.steps.count
    return last < plan.finally.count ? (finallyStart + last, plan.finally[last]) : nil
  }
}
