internal import PlanModel
internal import Planner

extension FuzzTarget {
  /// What somebody gives to `apply` as a saved plan; what was read is written and read again.
  static let savedPlans = FuzzTarget("saved") { bytes in
    _ = SavedPlan.isClaimed(by: bytes)
    let plan: SavedPlan
    do throws(SavedPlanError) {
      plan = try SavedPlan.read(bytes).plan
    } catch {
      if case .offset(let offset) = error.place {
        try promise((0...bytes.count).contains(offset), "\(error) is outside of the text")
      }
      return
    }
    let text = plan.encoded()
    let (again, seal) = try SavedPlan.read(text)
    try promise(again == plan, "it is read differently")
    try promise(again.isSealed(with: seal), "the seal does not fit")
    try promise(again.encoded() == text, "it is written differently")
    try promise(plan.differences(from: again).isEmpty, "it differs from itself")
    try promise(SavedPlan.isClaimed(by: text), "it is not known for what it is")
    _ = SavedPlanDifference.rows(plan.differences(from: SavedPlan.emptied(plan)))
  }
}

extension SavedPlan {
  fileprivate static func emptied(_ plan: SavedPlan) -> SavedPlan {
    var plan = plan
    plan.steps = []
    plan.parameters = []
    return plan
  }
}
