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
  let forecast: Forecast
  let opening: Opening
  /// Why `apply` would refuse, if it would.
  let refusal: Refusal?
  /// Where the record of the plan stands, if that was asked for.
  let position: SavedPlan.Position?
  var view: PlanView

  /// - Parameters:
  ///   - probe: whether the plan's programs may be run.
  ///   - diff: whether the view says what steps would do to files.
  ///   - saves: whether it is to be saved.
  static func make(
    _ runnable: RunnablePlan, options: ExecutionOptions, probe: Bool, diff: Bool = false, saves: Bool = false
  ) throws -> ChangePreview {
    let planned = options.mode == .fresh ? runnable.base : runnable.planned
    let options = options.naming(stepsOf: planned)
    let (opening, position) = try JournalAccess.read(runnable.site.state) { reader throws(JournalError) in
      (
        try Opening.read(
          reader, planned: planned, site: runnable.site, options: options, command: runnable.command),
        saves ? try SavedPlan.Position(reader, plan: planned.plan.key) : nil
      )
    }
    let forecast = try ChangeForecast.make(
      planned, opening: opening, options: options, site: runnable.site, command: runnable.command, runsPrograms: probe,
      showsChanges: diff)
    let changeSet = forecast.changeSet
    let refusal = try PlanIdentity.conflict(runnable) ?? runnable.unmetRequirements() ?? forecast.refusal
    // What is shown of files may hold the plan's secrets.
    if diff || saves { runnable.site.secrets.readAhead(withPrograms: probe) }
    var view = view(changeSet, runnable, opening, options)
    view.showsDiffs = diff
    view.selection = forecast.selection.map { SelectionView($0) }
    return ChangePreview(
      changeSet: changeSet, forecast: forecast.forecast, opening: opening, refusal: refusal, position: position,
      view: view)
  }

  private static func view(
    _ changeSet: ChangeSet, _ runnable: RunnablePlan, _ opening: Opening, _ options: ExecutionOptions
  ) -> PlanView {
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
      nextCommand: changeSet.hasChanges
        ? "execplan \(runnable.command.apply(SavedPlan.Choices(options, probes: false)))" : nil)
  }
}
