internal import SourceText

extension Plan {
  /// Whether nothing of it is carried out: a plan for people.
  package var isProse: Bool { steps.isEmpty && finally.isEmpty }

  /// The plan with its tasks as nodes: what `show` and `graph` draw. It is never carried out.
  package var withTasksAsSteps: Plan {
    if tasks.isEmpty || hasManualTasks { return self }
    var plan = self
    plan.chainListedSteps()
    let steps = Set(self.steps.map(\.id.value))
    for task in tasks where !steps.contains(task.id.value) {
      var step = Step(id: task.id, action: .manual(ManualAction(instructions: Template(literal: task.title))))
      step.phase = task.phase
      step.needs = task.needs
      var details = StepDetails()
      step.title = task.title
      details.owner = task.owner
      details.estimate = task.estimate
      step.details = details
      plan.steps.append(step)
    }
    return plan
  }

  /// Writes the order of listed steps out as needs, so that other steps can stand beside them.
  package mutating func chainListedSteps() {
    guard order == .listed else { return }
    for index in steps.indices.dropFirst() {
      steps[index].needs = [Located(steps[index - 1].id.value, steps[index].id.range)]
    }
    for index in finally.indices.dropFirst() {
      finally[index].needs = [Located(finally[index - 1].id.value, finally[index].id.range)]
    }
    order = .graph
  }
}
