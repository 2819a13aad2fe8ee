internal import PlanGraph
internal import PlanModel
package import Planner

/// Which nodes a leg deals with.
package struct LegSelection: Sendable {
  /// Nodes that are left alone.
  package var excluded: Set<Int>
  /// `--skip`.
  package var skipped: Set<Int>

  /// - Parameter runsPrograms: whether guards of steps that are not selected may be asked by their programs.
  package static func of(
    planned: PlannedPlan, opening: Opening, options: ExecutionOptions, site: ExecutionSite, command: CommandWords,
    runsPrograms: Bool
  ) -> Result<LegSelection, Refusal> {
    let graph = planned.graph
    let (chosen, skipped): (Set<Int>, Set<Int>)
    switch ChosenSteps.of(planned, options) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let steps): (chosen, skipped) = (steps.selected, steps.skipped)
    }
    let finallySteps = Set(graph.nodes.indices.filter { graph.nodes[$0].isFinally })
    // What ends a called plan belongs to it, so that without it the plan would not be done.
    let closing = Set(planned.calledParts.all.flatMap(\.closing))
    let left = options.skipFinally ? closing : []
    if options.selection.isEverything {
      return .success(
        LegSelection(excluded: options.skipFinally ? finallySteps : [], skipped: skipped.union(left)))
    }
    // It runs with the steps of its plan, and alone when nothing else is asked for.
    var wanted = chosen.isSubset(of: closing) ? chosen : chosen.subtracting(closing)
    var stack = Array(wanted)
    var outside: Set<Int> = []
    while let node = stack.popLast() {
      for edge in graph.needs(of: node) where !wanted.contains(edge.from) && !closing.contains(edge.from) {
        wanted.insert(edge.from)
        // What the plan demands belongs to what it is about.
        if !planned.nodes[edge.from].isDemandedApproval { outside.insert(edge.from) }
        stack.append(edge.from)
      }
    }
    // What was not selected but is needed must be there already.
    var forecastOptions = ForecastOptions()
    forecastOptions.skipped = skipped
    forecastOptions.conflicts = opening.conflictTerms(options, planned.plan, site)
    var forecast = Forecast(
      planned: planned, files: site.files, position: opening.position, history: opening.history, state: opening.state,
      options: forecastOptions, secrets: site.secrets.presence)
    let probe = GuardProbe(site: site, planned: planned, runsPrograms: runsPrograms)
    forecast.askGuards = { node, scope in outside.contains(node) ? probe.answers(node, scope) : Judge.Answers() }
    let decisions = forecast.decisions()
    let missing = outside.filter {
      !planned.nodes[$0].isGate && !planned.nodes[$0].isGroup && decisions[$0].decision != .skip
    }
    if let first = missing.min() {
      let target = chosen.min().map { planned.nodes[$0].id } ?? ""
      return .failure(
        Refusal(
          .refused, "\"\(planned.nodes[first].id)\" is not selected, and what is selected needs it",
          details: missing.sorted().prefix(10).map {
            "\"\(planned.nodes[$0].id)\": \(decisions[$0].reasons.first?.text ?? decisions[$0].decision.rawValue)"
          },
          nextCommands: ["apply \(command.plan) --until \(CommandWords.word(target))"]
            + repetition(opening, options, command)))
    }
    // Gates are looked at when all steps before them take part or are done.
    for node in graph.nodes.indices where graph.nodes[node].isGate && !wanted.contains(node) {
      let needs = graph.needs(of: node)
      if !needs.isEmpty,
        needs.allSatisfy({ wanted.contains($0.from) || opening.position.checkpoints[planned.nodes[$0.from].id] != nil })
      {
        wanted.insert(node)
      }
    }
    var excluded = Set(graph.nodes.indices.filter { !wanted.contains($0) && !skipped.contains($0) })
    var passed = left
    for part in planned.calledParts.all where !part.closing.isEmpty {
      let leavesOut = part.main.contains { node in
        excluded.contains(node) && !planned.nodes[node].isBarrier && !opening.position.isDone(planned.nodes[node].id)
      }
      let takesPart = part.main.contains(where: chosen.contains) || !chosen.isDisjoint(with: part.closing)
      guard !leavesOut, takesPart || wanted.contains(part.node) else {
        excluded.formUnion(part.closing)
        continue
      }
      excluded.subtract(part.closing)
      // What is only needed is there already; nothing of it begins, so nothing of it is ended.
      if !takesPart { passed.formUnion(part.closing) }
    }
    // `finally` ends a run: it does not run while a part of the plan is still left out.
    let leavesOut = excluded.contains { node in
      !finallySteps.contains(node) && !planned.nodes[node].isBarrier
        && !opening.position.isDone(planned.nodes[node].id)
    }
    if leavesOut || options.skipFinally {
      excluded.formUnion(finallySteps)
    } else {
      excluded.subtract(finallySteps)
    }
    return .success(LegSelection(excluded: excluded, skipped: skipped.union(passed).subtracting(excluded)))
  }

  /// Who wants a finished run again from a step on is not told by `--from`, which only leaves out.
  private static func repetition(_ opening: Opening, _ options: ExecutionOptions, _ command: CommandWords) -> [String] {
    guard !options.selection.from.isEmpty, opening.latest?.state == .succeeded else { return [] }
    let words = options.selection.from.map { "--rerun-from \(CommandWords.word($0))" }
    return ["apply \(command.plan) \(words.joined(separator: " "))"]
  }
}
