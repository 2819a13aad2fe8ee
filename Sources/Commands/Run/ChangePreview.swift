internal import Digest
internal import Executor
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText

/// The change set of a plan over what is recorded of it.
struct ChangePreview {
  let changeSet: ChangeSet
  let opening: Opening
  /// Why `apply` would refuse, if it would.
  let refusal: Refusal?
  let view: PlanView

  static func make(_ runnable: RunnablePlan, options: ExecutionOptions, probe: Bool) throws -> ChangePreview {
    let planned = runnable.planned
    let opening = try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
      try Opening.read(
        reader, planned: planned, site: runnable.site, options: options, command: runnable.command)
    }
    var forecastOptions = ForecastOptions()
    forecastOptions.isForced = options.force
    forecastOptions.rerun = options.rerun.contains("*") ? Set(planned.nodes.map(\.id)) : options.rerun
    forecastOptions.isFresh = options.mode == .fresh
    var refusal = try runnable.unmetRequirements()
    if case .refuse(let reason) = opening.decision { refusal = refusal ?? reason }
    if !options.selection.isEverything || !options.selection.skip.isEmpty {
      switch (
        options.selection.closure(in: planned.graph, of: planned.plan),
        options.selection.skipped(in: planned.graph, of: planned.plan)
      ) {
      case (.failure(let error), _), (_, .failure(let error)): throw Refusal(.usage, error.message)
      case (.success(let chosen), .success(let skipped)):
        forecastOptions.skipped = skipped
        if !options.selection.isEverything {
          forecastOptions.excluded = Set(
            planned.nodes.indices.filter { !planned.nodes[$0].isGate && !chosen.contains($0) && !skipped.contains($0) })
        }
      }
    }
    for id in options.rerun where id != "*" && planned.graph.index(of: id) == nil {
      throw Refusal(.usage, "there is no step \"\(id)\"")
    }
    var forecast = Forecast(
      planned: planned, files: runnable.site.files, position: opening.position, history: opening.history,
      state: opening.state, options: forecastOptions)
    if probe { forecast.askPrograms = ProgramProbe(site: runnable.site, planned: planned).answers }
    let changeSet = forecast.changeSet()
    return ChangePreview(
      changeSet: changeSet, opening: opening, refusal: refusal,
      view: view(changeSet, runnable, opening))
  }

  private static func view(_ changeSet: ChangeSet, _ runnable: RunnablePlan, _ opening: Opening) -> PlanView {
    let plan = runnable.planned.plan
    let titles = Dictionary(
      (plan.steps + plan.finally).map { ($0.id.value, $0.title) }, uniquingKeysWith: { first, _ in first })
    return PlanView(
      plan: plan.key, title: plan.title, digest: runnable.planned.digest.hex, run: opening.position.run?.id,
      phases: plan.phases.map { .init(id: $0.id.value, title: $0.title) },
      steps: changeSet.entries.map { entry in
        PlanView.Step(
          id: entry.id, title: titles[entry.id] ?? nil, phase: entry.phase, action: entry.action,
          decision: entry.decision.decision,
          reasons: entry.decision.reasons.map { .init(kind: $0.kind.rawValue, detail: $0.text) },
          idempotence: entry.idempotence, needs: entry.needs,
          until: entry.decision.reasons.filter { $0.kind == .unknownUntil }.map {
            $0.detail.filter { $0 != "\"" }
          })
      },
      nextCommand: changeSet.hasChanges ? "execplan apply \(runnable.command.plan)" : nil)
  }
}
