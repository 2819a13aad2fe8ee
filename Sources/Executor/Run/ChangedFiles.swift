internal import PlanModel
package import Planner

/// Files that somebody changed since a step wrote them: nothing is started while one of them would be replaced.
package enum ChangedFiles {
  /// - Parameter decisions: about the steps that take part, by id.
  package static func refusal(_ decisions: [(id: String, decision: StepDecision)], _ command: CommandWords) -> Refusal?
  {
    let found = decisions.compactMap { id, decision in
      decision.reasons.first { $0.kind == .changedByHand }.map { (id: id, what: $0.detail) }
    }
    guard let first = found.first else { return nil }
    return Refusal(
      .refused, "\"\(first.id)\": \(first.what)",
      details: found.dropFirst().prefix(10).map { "\"\($0.id)\": \($0.what)" }
        + ["take the change over into the plan, or replace it: what is there is kept in the state directory"],
      nextCommands: ["plan \(command.plan) --diff", "apply \(command.plan) --yes"])
  }

  /// What would be replaced, of the steps of a leg.
  static func refusal(
    _ planned: PlannedPlan, _ opening: Opening, _ selection: LegSelection, _ options: ExecutionOptions,
    _ site: ExecutionSite, _ command: CommandWords
  ) -> Refusal? {
    guard !options.replacesChanges, planned.nodes.contains(where: { mayReplace($0, opening) }) else { return nil }
    var forecastOptions = ForecastOptions(options, planned)
    forecastOptions.excluded = selection.excluded
    forecastOptions.skipped = selection.skipped
    let decisions = Forecast(
      planned: planned, files: site.files, position: opening.position, history: opening.history, state: opening.state,
      options: forecastOptions, secrets: site.secrets.presence
    ).decisions()
    return refusal(planned.nodes.indices.map { (planned.nodes[$0].id, decisions[$0]) }, command)
  }

  /// Whether the step writes a whole file that it wrote before: only then a closer look is worth its time.
  private static func mayReplace(_ node: PlannedNode, _ opening: Opening) -> Bool {
    guard case .file(let file) = node.step.action, opening.position.checkpoints[node.id] == nil else { return false }
    switch file.content {
    case .text, .source: return !(opening.history[node.id]?.lastSuccess?.outputFiles.isEmpty ?? true)
    case .directory, .link, .absent, .unchanged: return false
    }
  }
}
