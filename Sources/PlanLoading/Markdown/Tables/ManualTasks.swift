internal import PlanModel
internal import SourceText

/// Makes steps that wait for a person out of the tasks of a plan, and of the criteria of their phases.
struct ManualTasks {
  private(set) var steps: [Step] = []
  /// Criteria that must hold before a phase begins, and at its end.
  private var before: [String: [String]] = [:]
  private var after: [String: [String]] = [:]

  init(_ plan: Plan) {
    for phase in plan.phases where !phase.criteria.isEmpty { after[phase.id.value] = phase.criteria }
    for gate in plan.notes.qualityGates {
      let text = gate.criteria.map { "\(gate.name): \($0)" } ?? gate.name
      switch gate.place {
      case .before(let phase): before[phase, default: []].append(text)
      case .after(let phase): after[phase, default: []].append(text)
      case nil: continue
      }
    }
    var tasksOfPhase: [String: [PlanTask]] = [:]
    for task in plan.tasks {
      if let phase = task.phase?.value { tasksOfPhase[phase, default: []].append(task) }
      steps.append(step(task))
    }
    for phase in plan.phases {
      guard let tasks = tasksOfPhase[phase.id.value] else { continue }
      if let criteria = before[phase.id.value] {
        steps.append(gate(phase, suffix: "entry", "Begin", criteria, needs: []))
      }
      if let criteria = after[phase.id.value] {
        let needs = tasks.map { Located($0.stepID, phase.id.range) }
        steps.append(gate(phase, suffix: "acceptance", "Accept", criteria, needs: needs))
      }
    }
  }

  private func step(_ task: PlanTask) -> Step {
    var step = Step(
      id: task.id.map(PlanTask.stepID),
      action: .manual(ManualAction(instructions: Template(literal: task.title))), actionRange: task.id.range)
    step.phase = task.phase
    step.needs = task.needs.map { $0.map(PlanTask.stepID) }
    if let phase = task.phase, before[phase.value] != nil {
      step.needs.append(Located(PlanTask.stepID(phase.value + ".entry"), phase.range))
    }
    var details = StepDetails()
    step.title = task.title
    details.owner = task.owner
    details.estimate = task.estimate
    step.details = details
    return step
  }

  private func gate(
    _ phase: Phase, suffix: String, _ verb: String, _ criteria: [String], needs: [Located<String>]
  ) -> Step {
    let title = "\(verb) \(phase.title ?? phase.id.value)"
    var step = Step(
      id: phase.id.map { PlanTask.stepID($0 + "." + suffix) },
      action: .manual(
        ManualAction(
          instructions: Template(literal: title), criteria: criteria.map { .text(Template(literal: $0)) })),
      actionRange: phase.id.range)
    step.phase = phase.id
    step.needs = needs
    step.title = title
    return step
  }
}
