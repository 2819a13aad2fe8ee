internal import Digest
internal import Executor
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import Reporting
internal import SourceText
internal import Subprocess

/// The change set of a plan over what is recorded of it.
struct ChangePreview {
  let changeSet: ChangeSet
  let opening: Opening
  /// Why `apply` would refuse, if it would.
  let refusal: Refusal?
  let view: PlanView

  /// - Parameters:
  ///   - probe: whether the plan's programs may be run.
  ///   - diff: whether the view says what steps would do to files.
  static func make(
    _ runnable: RunnablePlan, options: ExecutionOptions, probe: Bool, diff: Bool = false
  ) throws -> ChangePreview {
    let planned = options.mode == .fresh ? runnable.base : runnable.planned
    let options = options.naming(stepsOf: planned)
    let opening = try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
      try Opening.read(
        reader, planned: planned, site: runnable.site, options: options, command: runnable.command)
    }
    var forecastOptions = ForecastOptions()
    forecastOptions.isForced = options.force
    forecastOptions.rerun = options.rerun.contains("*") ? Set(planned.nodes.map(\.id)) : options.rerun
    forecastOptions.isFresh = options.mode == .fresh
    forecastOptions.showsChanges = diff
    forecastOptions.replacesChanges = options.replacesChanges
    var refusal = try PlanIdentity.conflict(runnable) ?? runnable.unmetRequirements()
    if refusal == nil, case .refuse(let reason) = opening.decision { refusal = reason }
    switch LegSelection.of(
      planned: planned, opening: opening, options: options, site: runnable.site, command: runnable.command,
      runsPrograms: probe)
    {
    case .success(let selection):
      forecastOptions.excluded = selection.excluded
      forecastOptions.skipped = selection.skipped
    case .failure(let reason) where reason.exitCode == .usage: throw reason
    case .failure(let reason):
      // What is asked for can't be started; what would become of it is shown all the same.
      refusal = refusal ?? reason
      if case .success(let steps) = ChosenSteps.of(planned, options) {
        forecastOptions.skipped = steps.skipped
        forecastOptions.excluded = Set(
          planned.nodes.indices.filter {
            !planned.nodes[$0].isGate && !steps.selected.contains($0) && !steps.skipped.contains($0)
          })
      }
    }
    var forecast = Forecast(
      planned: planned, files: runnable.site.files, position: opening.position, history: opening.history,
      state: opening.state, options: forecastOptions, secrets: runnable.site.secrets.presence)
    forecast.askGuards = GuardProbe(site: runnable.site, planned: planned, runsPrograms: probe).answers
    let changeSet = forecast.changeSet()
    if refusal == nil {
      refusal = ChangedFiles.refusal(changeSet.entries.map { ($0.id, $0.decision) }, runnable.command)
    }
    // What is shown of files may hold the plan's secrets.
    if diff { runnable.site.secrets.readAhead(withPrograms: probe) }
    var view = view(changeSet, runnable, opening)
    view.showsDiffs = diff
    return ChangePreview(changeSet: changeSet, opening: opening, refusal: refusal, view: view)
  }

  private static func view(_ changeSet: ChangeSet, _ runnable: RunnablePlan, _ opening: Opening) -> PlanView {
    let plan = runnable.planned.plan
    let titles = Dictionary(
      (plan.steps + plan.finally).map { ($0.id.value, $0.title) }, uniquingKeysWith: { first, _ in first })
    let masker = runnable.site.secrets.masker
    let labels = Dictionary(
      (plan.steps + plan.finally).filter { !$0.labels.isEmpty }.map { ($0.id.value, $0.labels) },
      uniquingKeysWith: { first, _ in first })
    return PlanView(
      plan: plan.key, title: plan.title, digest: runnable.planned.digest.hex, run: opening.position.run?.id,
      phases: plan.phases.map { .init(id: $0.id.value, title: $0.title) },
      steps: changeSet.entries.map { entry in
        var step = PlanView.Step(
          id: entry.id, title: titles[entry.id] ?? nil, phase: entry.phase, action: entry.action,
          decision: entry.decision.decision,
          reasons: entry.decision.reasons.map { .init(kind: $0.kind.rawValue, detail: $0.text) },
          idempotence: entry.idempotence, needs: entry.needs,
          until: entry.decision.reasons.filter { $0.kind == .unknownUntil }.map {
            $0.detail.filter { $0 != "\"" }
          },
          diff: entry.change.map {
            PathDiff($0, creationMask: FileWriter.creationMask) { masker.masked($0) }
          })
        step.labels = labels[entry.id] ?? []
        return step
      },
      nextCommand: changeSet.hasChanges ? "execplan apply \(runnable.command.plan)" : nil)
  }
}
