internal import PlanGraph
internal import PlanModel
package import Planner

/// Steps that would make what is there already, and about which nobody has said anything: nothing is started.
package struct StandingConflicts: Hashable, Sendable {
  package struct Conflict: Hashable, Sendable {
    package var step: String
    /// What is in the way, for people.
    package var detail: String
    /// What the step would do to the file, if it was looked at.
    package var change: PathChange?
    /// Whether an answer settles it; else something must be moved away by hand.
    package var isSettleable: Bool
    /// Whether the content of a file that would be replaced can't be kept.
    package var isLost: Bool
  }

  package var conflicts: [Conflict]

  /// - Parameter entries: about the steps that take part.
  package init(_ entries: [ChangeSet.Entry]) {
    conflicts = entries.filter { $0.decision.decision == .conflict }.map { entry in
      let reason = entry.decision.reasons.first
      return Conflict(
        step: entry.id, detail: reason?.detail ?? "", change: entry.change, isSettleable: reason?.kind != .inTheWay,
        isLost: entry.decision.loss != nil)
    }
  }

  package var canBeSettled: Bool { !conflicts.isEmpty && conflicts.allSatisfy(\.isSettleable) }

  /// Nil when there is no conflict.
  ///
  /// - Parameter options: what was asked for: the next commands ask for the same.
  package func refusal(_ command: CommandWords, _ options: ExecutionOptions) -> Refusal? {
    guard let first = conflicts.first else { return nil }
    let choices = SavedPlan.Choices(options, probes: false)
    var next = ["\(command.plan(choices)) --diff"]
    if canBeSettled {
      next += [OnConflict.overwrite, .adopt].map { command.apply(choices, options.mode, answering: $0) }
    }
    let hidden = conflicts.count - 11
    var refusal = Refusal(
      .refused, "\"\(first.step)\": \(first.detail)",
      details: conflicts.dropFirst().prefix(10).map { "\"\($0.step)\": \($0.detail)" }
        + (hidden > 0 ? ["and \(hidden) more"] : [])
        + [
          canBeSettled
            ? "overwrite replaces it, adopt takes it as it is"
              + (conflicts.contains(where: \.isLost)
                ? "" : "; what a file or fetch step replaces is kept in the state directory")
            : "move what is in the way, or give the step another path"
        ],
      nextCommands: next)
    refusal.conflicts = self
    return refusal
  }
}

extension StandingConflicts {
  /// What the steps of a leg are in conflict with, and what is said about it.
  ///
  /// - Parameter showsChanges: whether it is told what the steps would do to files.
  static func look(
    _ planned: PlannedPlan, _ opening: Opening, _ selection: LegSelection, _ options: ExecutionOptions,
    _ site: ExecutionSite
  ) -> (standing: StandingConflicts, settled: [SettledConflict]) {
    guard planned.nodes.contains(where: { mayStandInConflict($0, opening) }) else { return (StandingConflicts([]), []) }
    var forecastOptions = ForecastOptions(options, planned, opening, site)
    forecastOptions.excluded = selection.excluded
    forecastOptions.skipped = selection.skipped
    forecastOptions.showsChanges = true
    let entries = Forecast(
      planned: planned, files: site.files, position: opening.position, history: opening.history, state: opening.state,
      options: forecastOptions, secrets: site.secrets.presence
    ).changeSet().entries
    return (StandingConflicts(entries), entries.compactMap(\.decision.settlement))
  }

  /// Whether a closer look at the step is worth its time: it makes a file or folder itself, where something may stand in
  /// the way or may have been changed by somebody, or something is there that is not the plan's.
  private static func mayStandInConflict(_ node: PlannedNode, _ opening: Opening) -> Bool {
    if opening.position.checkpoints[node.id] != nil { return false }
    if opening.history[node.id]?.lastSuccess?.outcome == .adopted { return true }
    switch node.step.action {
    case .file, .fetch: return true
    default:
      guard !opening.claims.foreign.isEmpty else { return false }
      return !node.step.claimedPaths(coversPrograms: true, where: opening.claims.foreign.contains).isEmpty
    }
  }
}
