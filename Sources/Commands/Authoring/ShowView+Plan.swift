internal import PlanDocument
internal import PlanGraph
internal import PlanLoading
internal import PlanModel
internal import Reporting
internal import SourceText

extension ShowView {
  /// The summary of a plan as it stands in its file; no run is looked at.
  init(_ reviewed: ReviewedPlan) {
    let plan = reviewed.plan
    let graph = reviewed.graph
    self.init(title: plan.title, plan: plan.key, dialect: reviewed.document.dialect.rawValue, notes: plan.notes)
    strategy = plan.strategy
    calendar = plan.calendar
    addPhases(plan, graph)
    steps = graph.nodes.indices.compactMap { node in
      guard let step = graph.step(node, in: plan), !step.standsForOthers else { return nil }
      var shown = Step(
        id: step.id.value, title: step.title, action: step.actionName, phase: step.phase?.value, owner: step.owner,
        estimate: step.estimate, needs: Self.needs(of: node, graph),
        isFinally: graph.nodes[node].isFinally || step.closes != nil)
      shown.labels = step.labels
      return shown
    }
    handoffs = plan.steps.flatMap(Self.handoffs)
    tasks = plan.tasks
    if plan.hasManualTasks {
      let ids = Set(tasks.map(\.stepID))
      for index in steps.indices where ids.contains(steps[index].id) { steps[index].isTask = true }
    }
    taskLines = tasks.map { reviewed.document.source.location(of: $0.id.range.lowerBound).line }
    relations = plan.relations
    let drawn = DrawnPlan(plan, graph)
    if let path = drawn.graph.criticalPath(of: drawn.plan) {
      criticalPath = path.ids
      if path.hasEstimates {
        criticalTime = WorkingTime(
          lowMinutes: Self.lowMinutes(path, drawn.graph, drawn.plan), highMinutes: path.minutes)
        summedTime = WorkingTime(lowMinutes: path.summedLowMinutes, highMinutes: path.summedHighMinutes)
      }
    }
    addMarkdown(reviewed)
    answers = answers(reviewed)
  }

  private static func handoffs(of step: PlanModel.Step) -> [Handoff] {
    guard case .agent(let agent) = step.action else { return [] }
    return agent.handoff.map { package in
      Handoff(
        step: step.id.value, receiver: package.receiver.value,
        artifacts: (package.artifacts ?? agent.acceptance.artifacts).filter { !$0.isNegated }.map(\.text),
        requirements: package.requirements.map(\.readable))
    }
  }

  private mutating func addPhases(_ plan: Plan, _ graph: StepGraph) {
    var stepsOfPhase = [[String]](repeating: [], count: plan.phases.count)
    for index in plan.steps.indices where !plan.steps[index].standsForOthers {
      if let phase = graph.phase(of: index) { stepsOfPhase[phase].append(plan.steps[index].id.value) }
    }
    phases = plan.phases.enumerated().map { index, phase in
      var shown = Phase(
        id: phase.id.value, title: phase.title, objective: phase.objective, owner: phase.owner,
        estimate: phase.estimate, deliverables: phase.deliverables, needs: (phase.needs ?? []).map(\.value),
        gate: phase.gate.map(\.summary), steps: stepsOfPhase[index])
      shown.criteria = phase.criteria
      shown.dependencies = phase.dependencies
      shown.effort = phase.effort
      shown.isComponent = phase.isComponent
      shown.hasNeeds = phase.needs != nil
      return shown
    }
  }

  /// The sections of a markdown plan, and the blocks of its concrete steps that no step declares.
  private mutating func addMarkdown(_ reviewed: ReviewedPlan) {
    guard let markdown = reviewed.document.markdown else { return }
    sections = markdown.sections.map { section in
      Section(
        kind: section.kind.rawValue, heading: section.heading.value,
        line: markdown.source.location(of: section.heading.range.lowerBound).line, level: section.level)
    }
    let items = LivingSections(markdown).progress
    if !items.isEmpty {
      let times = items.compactMap { $0.timestamp?.time }
      progress = Progress(
        done: items.count { $0.state == .done }, open: items.count { $0.state == .open },
        other: items.count { $0.state != .done && $0.state != .open },
        // Without a zone the wall clock is the best there is.
        lastActivity: times.map { ($0.seconds ?? $0.wallSeconds) * 1000 }.max())
    }
    candidates = PlanLoading.Candidate.all(of: reviewed.document).filter { $0.verdict == .commands }.map { found in
      Candidate(
        line: markdown.source.location(of: found.block.range.lowerBound).line, language: found.block.language?.value)
    }
  }

  /// The steps that a step waits for, those of earlier phases left out: the phases say that.
  private static func needs(of node: Int, _ graph: StepGraph) -> [String] {
    var seen: Set<String> = []
    return graph.needs(of: node).filter { $0.kind != .phase && $0.kind != .approval }.map { graph.nodes[$0.from].id }
      .filter { seen.insert($0).inserted }
  }

  /// The lower end of the estimates along the critical path, counted as the path itself is.
  private static func lowMinutes(_ path: CriticalPath, _ graph: StepGraph, _ plan: Plan) -> Int {
    var isEstimatedByStep = [Bool](repeating: false, count: plan.phases.count)
    for index in plan.steps.indices where plan.steps[index].estimate != nil {
      if let phase = graph.phase(of: index) { isEstimatedByStep[phase] = true }
    }
    var minutes = 0
    for node in path.nodes {
      let estimate: Estimate?
      switch graph.nodes[node].kind {
      case .step(let index): estimate = plan.steps[index].estimate
      case .gate(let phase): estimate = isEstimatedByStep[phase] ? nil : plan.phases[phase].estimate
      case .finally, .approval: estimate = nil
      }
      let (sum, overflow) = minutes.addingReportingOverflow(estimate?.lowMinutes ?? 0)
      minutes = overflow ? .max : sum
    }
    return minutes
  }

  /// What the reader may answer; a plan from standard input has no name to answer with.
  private func answers(_ reviewed: ReviewedPlan) -> [Answer] {
    guard let path = reviewed.name else { return [] }
    let name = ShellQuoting.quoted(path)
    var answers: [Answer] = []
    if reviewed.plan.isProse {
      answers.append(Answer("approve", command: "tell its author: nothing of it is run by this program"))
      if !candidates.isEmpty {
        answers.append(Answer("run its commands", command: "execplan adopt \(name)"))
      }
    } else {
      let isAsked = reviewed.plan.approval != .none
      let start = isAsked ? "execplan approve \(name)" : "execplan apply \(name)"
      answers.append(Answer("approve all", command: start))
      let begun = reviewed.plan.phases.first { phase in
        reviewed.plan.steps.contains { $0.phase?.value == phase.id.value }
      }
      if reviewed.plan.approval != .plan, let first = begun?.id.value {
        answers.append(
          Answer("approve a phase", command: "\(start) --phase \(ShellQuoting.quoted(first))"))
      }
    }
    answers.append(Answer("modify", command: "edit the file, then execplan validate \(name)"))
    let isRejected = reviewed.plan.approval != .none && !reviewed.plan.isProse
    answers.append(
      Answer(
        "reject", command: isRejected ? "execplan approve \(name) --reject" : "do nothing: a plan never runs by itself")
    )
    return answers
  }
}
