internal import Diagnostics
internal import Markdown
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
    dropEmptyHeadings(from: &plan)
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

  /// `## Phase Breakdown` begins with the word and is no phase: it has no number, no steps and nothing to say.
  private func dropEmptyHeadings(from plan: inout Plan) {
    let mine = Set(phases.map(\.id.value))
    let used = Set(plan.steps.compactMap(\.phase?.value))
    plan.phases.removeAll { phase in
      !used.contains(phase.id.value) && !mine.contains(phase.id.value) && headings.contains(phase.id.range.lowerBound)
        && !phase.id.value.contains(where: \.isNumber) && phase.objective == nil && phase.estimate == nil
        && phase.deliverables.isEmpty && phase.gate.isEmpty && phase.needs == nil
    }
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
      // A heading of a phase is its title with a label before it: what stands behind that is the title.
      if known.title == nil || headings.contains(known.id.range.lowerBound) { known.title = phase.title }
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

extension MarkdownPlan {
  /// The first paragraph of the section that says what the plan is for.
  fileprivate var purpose: String? {
    guard let section = sections(.purpose).first else { return nil }
    var block = section.body.lowerBound
    while block < section.body.upperBound {
      switch markdown.blocks[block].kind {
      case .heading: return nil
      case .paragraph: return markdown.plainText(of: block)
      default: block = markdown.blocks[block].next
      }
    }
    return nil
  }
}

extension Plan {
  /// Adds what a markdown file says beside its declared steps.
  mutating func add(_ markdown: MarkdownPlan, frontMatter: YAMLNode?, _ context: inout DecodingContext) {
    var isManual = false
    if let node = frontMatter?["tasks"], frontMatter?["execplan"] != nil {
      isManual = node.isScalar && node.text == "manual"
      if !isManual {
        context.report(
          .badValue, node.range, "\"tasks\" can't be \"\(node.isScalar ? String(node.text.prefix(20)) : "…")\"",
          notes: ["write \"tasks: manual\" to make a step of each task, or leave it out"])
      }
    }
    let contents = MarkdownContents(
      markdown, frontMatter: frontMatter, calendar: calendar, isManual: isManual, into: &context.collector)
    let isNamedByForm = markdown.title == nil || markdown.form?.form == .executionSummary
    if let name = contents.title, frontMatter?["title"] == nil, isNamedByForm { title = name }
    let headings = phases
    contents.add(to: &self, isManual: isManual)
    if notes.purpose == nil { notes.purpose = markdown.purpose }
    PhaseWithoutHeadingRule.apply(to: &self, headings: headings, into: &context.collector)
  }
}
