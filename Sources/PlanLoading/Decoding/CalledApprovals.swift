internal import PlanModel
internal import SourceText

/// What a called plan demands under `approval`, as steps of the plan that calls it (S28).
struct CalledApprovals {
  private(set) var steps: [Step] = []
  private let plan: Plan
  /// By phase, the step that asks about it.
  private var ofPhases: [String: String] = [:]

  init(_ plan: Plan) {
    self.plan = plan
    switch plan.approval {
    case .none: break
    case .plan:
      if !plan.steps.isEmpty { steps = [CalledApprovals.step("plan", "the plan \"\(plan.title)\"", .fileStart)] }
    case .phases:
      let used = Set(plan.steps.compactMap { $0.phase?.value })
      for (index, phase) in plan.phases.enumerated() where used.contains(phase.id.value) {
        var step = CalledApprovals.step(phase.id.value, "phase \"\(phase.id.value)\"", phase.id.range)
        let before = phase.needs ?? (index > 0 ? [plan.phases[index - 1].id] : [])
        step.needs = before.map { Located("gate:\($0.value)", phase.id.range) }
        ofPhases[phase.id.value] = step.id.value
        steps.append(step)
      }
    }
  }

  private static func step(_ name: String, _ what: String, _ range: SourceRange) -> Step {
    Step(
      id: Located("approval:\(name)", range), action: .approve(ApproveAction(message: Template(literal: what))))
  }

  /// - Parameter order: by step of the plan, what it waits for beyond its own needs.
  func add(to order: inout [[String]]) {
    if steps.isEmpty { return }
    for (index, step) in plan.steps.enumerated() where !step.standsForOthers {
      if plan.approval == .plan {
        if step.needs.isEmpty, order[index].isEmpty { order[index].append(steps[0].id.value) }
      } else if let asked = step.phase.flatMap({ ofPhases[$0.value] }) {
        order[index].append(asked)
      }
    }
  }
}
