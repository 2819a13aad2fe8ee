internal import PlanGraph
internal import PlanModel
internal import Reporting
internal import SourceText

extension ShowView {
  /// The summary of a plan as it stands in its file; no run is looked at.
  init(_ reviewed: ReviewedPlan) {
    let plan = reviewed.plan
    let graph = reviewed.graph
    self.init(title: plan.title, plan: plan.key, dialect: "yaml", notes: plan.notes)
    strategy = plan.strategy
    calendar = plan.calendar
    var stepsOfPhase = [[String]](repeating: [], count: plan.phases.count)
    for index in plan.steps.indices {
      if let phase = graph.phase(of: index) { stepsOfPhase[phase].append(plan.steps[index].id.value) }
    }
    phases = plan.phases.enumerated().map { index, phase in
      Phase(
        id: phase.id.value, title: phase.title, objective: phase.objective, owner: phase.owner,
        estimate: phase.estimate, deliverables: phase.deliverables, needs: (phase.needs ?? []).map(\.value),
        gate: phase.gate.map(\.summary), steps: stepsOfPhase[index])
    }
    steps = graph.nodes.indices.compactMap { node in
      graph.step(node, in: plan).map { step in
        Step(
          id: step.id.value, title: step.title, action: step.action.kind.rawValue, phase: step.phase?.value,
          owner: step.owner, estimate: step.estimate, needs: Self.needs(of: node, graph),
          isFinally: graph.nodes[node].isFinally)
      }
    }
    if let path = graph.criticalPath(of: plan) {
      criticalPath = path.ids
      if path.hasEstimates {
        criticalTime = WorkingTime(lowMinutes: Self.lowMinutes(path, graph, plan), highMinutes: path.minutes)
        summedTime = WorkingTime(lowMinutes: path.summedLowMinutes, highMinutes: path.summedHighMinutes)
      }
    }
    answers = Self.answers(reviewed)
  }

  /// The steps that a step waits for, those of earlier phases left out: the phases say that.
  private static func needs(of node: Int, _ graph: StepGraph) -> [String] {
    var seen: Set<String> = []
    return graph.needs(of: node).filter { $0.kind != .phase }.map { graph.nodes[$0.from].id }
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
      case .finally: estimate = nil
      }
      let (sum, overflow) = minutes.addingReportingOverflow(estimate?.lowMinutes ?? 0)
      minutes = overflow ? .max : sum
    }
    return minutes
  }

  /// What the reader may answer; a plan from standard input has no name to answer with.
  private static func answers(_ reviewed: ReviewedPlan) -> [Answer] {
    guard let path = reviewed.name else { return [] }
    let name = ShellQuoting.quoted(path)
    var answers = [Answer("approve all", command: "execplan apply \(name)")]
    if let first = reviewed.plan.phases.first?.id.value {
      answers.append(Answer("approve a phase", command: "execplan apply \(name) --phase \(ShellQuoting.quoted(first))"))
    }
    answers.append(Answer("modify", command: "edit the file, then execplan validate \(name)"))
    answers.append(Answer("reject", command: "do nothing: a plan never runs by itself"))
    return answers
  }
}
