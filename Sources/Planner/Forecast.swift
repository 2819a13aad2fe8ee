internal import Digest
internal import PlanGraph
package import PlanModel
internal import SourceText

/// Says of every step what would happen and why, without running or changing anything.
package struct Forecast {
  private let planned: PlannedPlan
  private let judge: Judge
  private let position: RunPosition
  private let history: [String: StepMemory]
  private let options: ForecastOptions
  private let scope: RunScope
  /// Asks a node's guards, as far as they may be asked; nil: none is.
  package var askGuards: ((Int, RunScope) -> Judge.Answers)?
  /// What people have said where they are asked; nil: nobody has said anything.
  package var askPeople: ((Int) -> ApprovalAnswer)?

  /// - Parameters:
  ///   - history: what earlier runs know, by step.
  ///   - state: the plan's state.
  ///   - secrets: says only whether they are there.
  package init(
    planned: PlannedPlan, files: any FileProbe, position: RunPosition, history: [String: StepMemory],
    state: [String: Value], options: ForecastOptions, secrets: (any SecretSource)? = nil
  ) {
    self.planned = planned
    self.position = position
    self.history = history
    self.options = options
    judge = Judge(files: files)
    var scope = RunScope(statics: planned.statics, state: state, files: files, secrets: secrets)
    scope.groups = planned.groupIDs
    self.scope = scope
  }

  /// The decision about every node, by index.
  package func decisions() -> [StepDecision] { answers().decisions }

  /// What is known around a node when it is looked at.
  package func circumstances(of node: Int) -> StepCircumstances {
    let forecasts = answers().forecasts
    return StepCircumstances(
      needs: needs(of: node, forecasts), scope: scope(of: planned.nodes[node], forecasts))
  }

  private func answers() -> (decisions: [StepDecision], forecasts: [NeedForecast]) {
    var decisions = [StepDecision](repeating: StepDecision(.run, []), count: planned.nodes.count)
    var forecasts = [NeedForecast](repeating: .unknown, count: planned.nodes.count)
    for node in planned.order {
      (decisions[node], forecasts[node]) = look(at: node, forecasts)
    }
    return (decisions, forecasts)
  }

  package func changeSet() -> ChangeSet {
    let (decisions, forecasts) = answers()
    return ChangeSet(
      entries: planned.shownNodes.filter { !planned.nodes[$0].isBarrier }.map { index in
        let node = planned.nodes[index]
        return ChangeSet.Entry(
          id: node.id, phase: node.phase, action: node.actionName, idempotence: node.step.idempotence,
          needs: planned.needIDs(of: index), decision: decisions[index],
          change: options.showsChanges && [.run, .conflict].contains(decisions[index].decision)
            ? change(by: index, forecasts) : nil)
      })
  }

  private func look(at index: Int, _ forecasts: [NeedForecast]) -> (StepDecision, NeedForecast) {
    let node = planned.nodes[index]
    if node.isGroup { return group(index, forecasts) }
    if node.isBarrier { return barrier(index, forecasts) }
    if options.skipped.contains(index) {
      let decision = StepDecision(.skip, .skippedByUser)
      return (decision, .done(checkpoint(node, .skippedByUser, result: ResultDigest.skipped)))
    }
    if let checkpoint = position.checkpoints[node.id], !position.stale.contains(node.id) {
      if position.unverified.contains(node.id), let doubted = unverified(index) { return doubted }
      return (StepDecision(.skip, .checkpointed, "in run \(checkpoint.run)"), .done(checkpoint))
    }
    if options.excluded.contains(index) { return (StepDecision(.skip, .notSelected), .absent) }
    if position.failedForGood.contains(node.id) { return (StepDecision(.blocked, .failedForGood), .held) }
    if let held = doubt(about: node) { return held }
    if let waiting = waitsForItems(index, forecasts) { return waiting }
    let needs = needs(of: index, forecasts)
    let scope = scope(of: node, forecasts)
    if node.isTemplate { return template(node, needs, scope) }
    var question = Judge.Question(
      needs: needs, memory: history[node.id] ?? StepMemory(),
      isForced: options.isForced || options.rerun.contains(node.id), isFresh: options.isFresh,
      rewritten: planned.rewritten(index) { if case .willRun = forecasts[$0] { true } else { false } },
      superseded: planned.superseded(index) { hasRun(planned.nodes[$0].id) })
    if node.isApproval, let askPeople { question.approval = askPeople(index) }
    question.conflicts = options.conflicts
    if position.stale.contains(node.id) {
      if let kept = kept(node, needs) { return kept }
      // It must be done anew, even if it looks done: what it did rests on another result.
      question.isForced = true
    }
    var judgement = judge.judge(question, about: node, in: scope)
    if judgement.decision.reasons.first?.kind == .probeNotRun, let askGuards {
      question.answers = askGuards(index, scope)
      judgement = judge.judge(question, about: node, in: scope)
    }
    return (withHistory(judgement.decision, node.id), forecast(of: judgement, node))
  }

  private func needs(of index: Int, _ forecasts: [NeedForecast]) -> [(id: String, forecast: NeedForecast)] {
    let compared =
      planned.template(of: index) != nil
      ? planned.comparedNeeds(of: index)
      : planned.graph.holders(of: index).filter { planned.nodes[$0].hasResult || isHeld(forecasts[$0]) }
    return compared.map { (id: planned.nodes[$0].id, forecast: forecasts[$0]) }
  }

  /// An item is not looked at before it is known to be one.
  private func waitsForItems(_ index: Int, _ forecasts: [NeedForecast]) -> (StepDecision, NeedForecast)? {
    guard let template = planned.template(of: index) else { return nil }
    switch forecasts[template] {
    case .done: return nil
    case .willRun, .unknown:
      return (StepDecision(.unknown, .unknownUntil, "\"\(planned.nodes[template].id)\""), .unknown)
    case .held, .absent:
      return (StepDecision(.blocked, .blockedBy, "\"\(planned.nodes[template].id)\""), .held)
    }
  }

  /// A step that finds its items: what it will find is known when all that it reads is.
  private func template(
    _ node: PlannedNode, _ needs: [(id: String, forecast: NeedForecast)], _ scope: RunScope
  ) -> (StepDecision, NeedForecast) {
    if position.stale.contains(node.id), let kept = kept(node, needs) { return kept }
    switch ExpansionLook(node: node, needs: needs, scope: scope).answer() {
    case .undecided(let decision): return (decision, decision.decision == .unknown ? .unknown : .held)
    case .skipped(let outcome, let decision):
      return (decision, .done(checkpoint(node, outcome, result: ResultDigest.skipped)))
    case .failed(let why): return (StepDecision(.blocked, .error, why), .held)
    case .items(let items):
      let decision = StepDecision(.run, .findsItems, "\(items.count)")
      return (withHistory(decision, node.id), .willRun(mayEqual: true))
    }
  }

  /// What the expressions of a step can read by then.
  private func scope(of node: PlannedNode, _ forecasts: [NeedForecast]) -> RunScope {
    var scope = self.scope
    scope.item = node.step.item
    for reference in node.step.allReferences {
      guard let id = reference.value.step, let source = planned.graph.index(of: id) else { continue }
      switch forecasts[source] {
      case .done(let checkpoint):
        // Checks that will be made count as done, but what they count is not known before.
        if planned.nodes[source].step.action.publishesQuality, checkpoint.values.isEmpty {
          scope.pending.insert(id)
        } else {
          scope.checkpoints[id] = checkpoint
        }
      case .willRun, .unknown, .held, .absent: scope.pending.insert(id)
      }
    }
    return scope
  }

  /// What a step that runs would do to a file; nil for other actions, and while it is not known.
  private func change(by index: Int, _ forecasts: [NeedForecast]) -> PathChange? {
    let node = planned.nodes[index]
    guard node.step.action.describesFile else { return nil }
    if node.step.action.readsFiles {
      let isOpen = planned.graph.needs(of: index).contains {
        switch forecasts[$0.from] {
        case .willRun, .unknown: true
        case .done, .held, .absent: false
        }
      }
      if isOpen { return nil }
    }
    let scope = scope(of: node, forecasts)
    return try? DesiredFile.of(node.step.action, scope: scope, files: scope.files).change(scope.files)
  }

  /// What `verify` leaves of a success that a restart of the machine may have taken; nil: it stands.
  private func unverified(_ index: Int) -> (StepDecision, NeedForecast)? {
    var scope = self.scope
    scope.checkpoints = position.checkpoints.merging(position.former) { present, _ in present }
    scope.regard(planned.nodes[index], of: planned)
    switch askGuards?(index, scope).verify ?? .notRun {
    case .holds: return nil
    case .fails(let why): return (StepDecision(.run, .outputLost, why), .willRun(mayEqual: false))
    case .notRun: return (StepDecision(.unknown, .probeNotRun, "verify"), .unknown)
    }
  }

  private func barrier(_ index: Int, _ forecasts: [NeedForecast]) -> (StepDecision, NeedForecast) {
    let held = planned.graph.needs(of: index).contains { isHeld(forecasts[$0.from]) }
    if held { return (StepDecision(.blocked, .blockedBy), .held) }
    return (
      StepDecision(.skip, .checkpointed),
      .done(checkpoint(planned.nodes[index], .succeeded, result: ResultDigest.skipped))
    )
  }

  /// A group is as far as its members are.
  private func group(_ index: Int, _ forecasts: [NeedForecast]) -> (StepDecision, NeedForecast) {
    var willRun: Bool?
    var isUnknown = false
    for need in planned.parts(of: index) {
      switch forecasts[need] {
      case .held: return (StepDecision(.blocked, .blockedBy), .held)
      case .absent: return (StepDecision(.skip, .notSelected), .absent)
      case .unknown: isUnknown = true
      case .willRun(let mayEqual): willRun = (willRun ?? true) && mayEqual
      case .done: break
      }
    }
    for id in planned.nodes[index].step.group?.closing ?? [] {
      if let end = planned.graph.index(of: id), case .held = forecasts[end] {
        return (StepDecision(.blocked, .blockedBy), .held)
      }
    }
    if let willRun { return (StepDecision(.run, []), .willRun(mayEqual: willRun)) }
    if isUnknown { return (StepDecision(.unknown, []), .unknown) }
    let result = planned.groupResult(of: index) { node in
      if case .done(let checkpoint) = forecasts[node] { checkpoint } else { nil }
    }
    return (StepDecision(.skip, .checkpointed), result.map { .done($0) } ?? .unknown)
  }

  private func isHeld(_ forecast: NeedForecast) -> Bool {
    switch forecast {
    case .held, .absent: true
    case .done, .willRun, .unknown: false
    }
  }

  private func doubt(about node: PlannedNode) -> (StepDecision, NeedForecast)? {
    switch position.doubts[node.id] {
    case nil, .rerun: nil
    case .done(let why): (StepDecision(.skip, .inDoubt, why), .willRun(mayEqual: true))
    case .reattach(let why): (StepDecision(.run, .stillRuns, why), .willRun(mayEqual: true))
    case .probe(let why): (StepDecision(.unknown, .inDoubt, why), .unknown)
    case .ask(let why): (StepDecision(.inDoubt, .inDoubt, why), .held)
    case .fail(let why): (StepDecision(.blocked, .failedForGood, why), .held)
    }
  }

  /// A checkpoint whose needs may have changed stands if none of them gave another result.
  private func kept(
    _ node: PlannedNode, _ needs: [(id: String, forecast: NeedForecast)]
  ) -> (StepDecision, NeedForecast)? {
    guard let checkpoint = position.checkpoints[node.id] else { return nil }
    for (id, forecast) in needs {
      switch forecast {
      case .done(let need):
        if checkpoint.needResults[id] != need.result { return nil }
      case .willRun, .unknown:
        return (StepDecision(.unknown, .unknownUntil, "\"\(id)\""), .unknown)
      case .held, .absent: return nil
      }
    }
    return (StepDecision(.skip, .checkpointed, "in run \(checkpoint.run)"), .done(checkpoint))
  }

  private func withHistory(_ decision: StepDecision, _ id: String) -> StepDecision {
    guard decision.decision == .run else { return decision }
    var decision = decision
    if case .rerun(let why)? = position.doubts[id] { decision.reasons.insert(Reason(.inDoubt, why), at: 0) }
    if let reason = position.dropped[id] {
      decision.reasons = [reason] + decision.reasons.filter { $0.kind != reason.kind }
    }
    if let reason = position.unfinished[id] {
      decision.reasons = [reason]
    } else if position.run != nil,
      decision.reasons.first?.kind == .everyRun || decision.reasons.first?.kind == .firstRun
    {
      decision.reasons = [Reason(.neverStarted)]
    }
    return decision
  }

  private func forecast(of judgement: Judgement, _ node: PlannedNode) -> NeedForecast {
    switch judgement.decision.decision {
    case .skip:
      guard let settlement = judgement.settlement else { return .unknown }
      var checkpoint = checkpoint(node, settlement.outcome, result: settlement.result)
      checkpoint.values = settlement.values
      return .done(checkpoint)
    case .run:
      // If a check or a wait holds its result is always the same, and if it does not nothing follows.
      if node.step.action.onlyLooks {
        return .done(
          checkpoint(
            node, .succeeded, result: ResultDigest.ofRun(node, values: [], outputs: [], run: 0, attempt: nil)))
      }
      let publishes = !(history[node.id]?.lastSuccess?.values.isEmpty ?? true)
      return .willRun(mayEqual: !node.step.recordedOutputs.isEmpty || publishes)
    case .unknown: return .unknown
    // What people are to agree to is what would happen if they did.
    case .wait where node.isApproval:
      return .done(checkpoint(node, .attested, result: ResultDigest.skipped))
    case .wait, .blocked, .inDoubt, .conflict: return .held
    }
  }

  private func checkpoint(
    _ node: PlannedNode, _ outcome: Checkpoint.Outcome, result: SHA256Digest
  ) -> Checkpoint {
    Checkpoint(
      step: node.id, run: 0, outcome: outcome, fingerprint: Fingerprint(definition: node.digest), result: result,
      endedAt: 0, bootID: "")
  }

  private func hasRun(_ id: String) -> Bool {
    position.checkpoints[id] != nil || history[id]?.lastSuccess != nil
  }
}
