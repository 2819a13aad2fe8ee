package import Planner

/// What a leg with these options would do with every step, and why it would not begin.
package struct ChangeForecast {
  package var changeSet: ChangeSet
  /// What it was made by.
  package var forecast: Forecast
  /// Why `apply` would refuse because of the record, the selection or what is there already.
  package var refusal: Refusal?
  /// Which steps are selected, if not all are.
  package var selection: SelectionAccount?

  /// - Parameters:
  ///   - runsPrograms: whether the plan's programs may be asked.
  ///   - showsChanges: whether the change set says what steps would do to files.
  /// - Throws: what the command line names wrongly.
  package static func make(
    _ planned: PlannedPlan, opening: Opening, options: ExecutionOptions, site: ExecutionSite, command: CommandWords,
    runsPrograms: Bool, showsChanges: Bool = false
  ) throws(Refusal) -> ChangeForecast {
    var forecastOptions = ForecastOptions(options, planned, opening, site)
    forecastOptions.showsChanges = showsChanges
    var refusal: Refusal?
    var isPossible = false
    if case .refuse(let reason) = opening.decision { refusal = reason }
    switch LegSelection.of(
      planned: planned, opening: opening, options: options, site: site, command: command, runsPrograms: runsPrograms)
    {
    case .success(let selection):
      isPossible = true
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
      planned: planned, files: site.files, position: opening.position, history: opening.history,
      state: opening.state, options: forecastOptions, secrets: site.secrets.presence)
    forecast.askGuards = GuardProbe(site: site, planned: planned, runsPrograms: runsPrograms).answers
    let standings = opening.standings
    forecast.askPeople = { node in standings[planned.nodes[node].id]?.answer ?? .open("") }
    let changeSet = forecast.changeSet()
    if refusal == nil {
      refusal = StandingConflicts(changeSet.entries).refusal(command, options)
    }
    var selection: SelectionAccount?
    if case .success(let chosen) = ChosenSteps.of(planned, options) {
      let reasons = Dictionary(
        changeSet.entries.map { ($0.id, $0.decision.reasons.first?.text ?? "") },
        uniquingKeysWith: { first, _ in first })
      selection = SelectionAccount.of(planned, options, chosen, excluded: isPossible ? forecastOptions.excluded : nil) {
        reasons[planned.nodes[$0].id] ?? ""
      }
    }
    return ChangeForecast(changeSet: changeSet, forecast: forecast, refusal: refusal, selection: selection)
  }
}

extension ForecastOptions {
  /// What an invocation asks for, but for the steps that it leaves out.
  init(_ options: ExecutionOptions, _ planned: PlannedPlan, _ opening: Opening, _ site: ExecutionSite) {
    self.init()
    isForced = options.force
    rerun = options.rerun.contains("*") ? Set(planned.nodes.map(\.id)) : options.rerun
    isFresh = options.mode == .fresh
    conflicts = opening.conflictTerms(options, planned.plan, site)
  }
}
