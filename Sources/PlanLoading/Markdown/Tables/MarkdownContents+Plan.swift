internal import Diagnostics
internal import PlanDocument
internal import PlanModel
internal import SourceText
internal import YAML

extension MarkdownContents {
  /// Adds what the file says beside its steps to the plan that was made of its steps and front matter. What that says
  /// already stays.
  ///
  /// - Parameter isManual: whether the tasks become steps: `tasks: manual`.
  func add(to plan: inout Plan, isManual: Bool) {
    addPhases(to: &plan)
    addNotes(to: &plan.notes)
    plan.relations += relations
    let steps = Set(plan.steps.map(\.id.value))
    plan.tasks = tasks
    plan.hasManualTasks = isManual
    guard isManual else { return }
    plan.chainListedSteps()
    plan.steps += ManualTasks(plan).steps.filter { !steps.contains($0.id.value) }
  }

  private func addPhases(to plan: inout Plan) {
    var places: [String: Int] = [:]
    for (index, phase) in plan.phases.enumerated() { places[phase.id.value] = index }
    for phase in phases {
      guard let place = places[phase.id.value] else {
        plan.phases.append(phase)
        continue
      }
      var known = plan.phases[place]
      known.title = known.title ?? phase.title
      known.objective = known.objective ?? phase.objective
      known.estimate = known.estimate ?? phase.estimate
      known.effort = known.effort ?? phase.effort
      known.owner = known.owner ?? phase.owner
      if known.deliverables.isEmpty { known.deliverables = phase.deliverables }
      if known.criteria.isEmpty { known.criteria = phase.criteria }
      known.needs = known.needs ?? phase.needs
      known.dependencies = known.dependencies ?? phase.dependencies
      plan.phases[place] = known
    }
  }

  private func addNotes(to known: inout PlanNotes) {
    known.purpose = known.purpose ?? notes.purpose
    if known.schedule.isEmpty { known.schedule = notes.schedule }
    if known.team.isEmpty { known.team = notes.team }
    if known.infrastructure.isEmpty { known.infrastructure = notes.infrastructure }
    known.budget = known.budget ?? notes.budget
    if known.successFactors.isEmpty { known.successFactors = notes.successFactors }
    if known.risks.isEmpty { known.risks = notes.risks }
    if known.milestones.isEmpty { known.milestones = notes.milestones }
    if known.qualityGates.isEmpty { known.qualityGates = notes.qualityGates }
  }
}

extension Plan {
  /// Adds what a markdown file says beside its declared steps.
  mutating func add(_ markdown: MarkdownPlan, frontMatter: YAMLNode?, _ context: inout DecodingContext) {
    let contents = MarkdownContents(
      markdown, frontMatter: frontMatter, calendar: calendar, into: &context.collector)
    if let name = contents.title, frontMatter?["title"] == nil, markdown.title == nil || markdown.form?.form == .executionSummary {
      title = name
    }
    var isManual = false
    if let node = frontMatter?["tasks"], frontMatter?["execplan"] != nil {
      if node.isScalar, node.text == "manual" {
        isManual = true
      } else {
        context.report(
          .badValue, node.range, "\"tasks\" can't be \"\(node.isScalar ? String(node.text.prefix(20)) : "…")\"",
          notes: ["write \"tasks: manual\" to make a step of each task, or leave it out"])
      }
    }
    contents.add(to: &self, isManual: isManual)
  }
}
