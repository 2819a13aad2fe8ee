internal import Digest
internal import PlanModel

extension MemoryJournalContent: JournalReading {
  func uuid() -> String? { journalID }

  func plans() -> [PlanRecord] { planRecords.values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }

  func planText(_ digest: SHA256Digest) -> String? { planTexts[digest] }

  func run(_ id: Int64) -> Run? { runs[id] }

  func latestRun(plan: String) -> Run? { runs.values.filter { $0.plan == plan }.max { $0.id < $1.id } }

  func unfinishedRuns() -> [Run] {
    planRecords.keys.compactMap { latestRun(plan: $0) }.filter(\.state.isUnfinished).sorted { $0.id < $1.id }
  }

  func runs(plan: String?, states: Set<RunState>?, limit: Int) -> [RunSummary] {
    let chosen = runs.values.filter { (plan == nil || $0.plan == plan) && (states?.contains($0.state) ?? true) }.sorted
    { $0.id > $1.id }
    return chosen.prefix(max(limit, 0)).map { summary(of: $0) }
  }

  private func summary(of run: Run) -> RunSummary {
    var summary = RunSummary(run: run)
    let checkpoints = checkpoints(run: run.id)
    for checkpoint in checkpoints.values { summary.count(checkpoint.outcome, 1) }
    var latest: [String: Attempt.State] = [:]
    for attempt in attempts(run: run.id) where attempt.state != .released { latest[attempt.step] = attempt.state }
    for (step, state) in latest where checkpoints[step] == nil {
      if [.failed, .timedOut, .failedFinally].contains(state) { summary.failed += 1 }
    }
    return summary
  }

  func legs(run: Int64) -> [Leg] { legs.values.filter { $0.run == run }.sorted { $0.id < $1.id } }

  func attempts(run: Int64) -> [Attempt] { attempts.values.filter { $0.run == run }.sorted { $0.id < $1.id } }

  func attemptedSteps(plan: String) -> [String] {
    let steps = Set(attempts.values.filter { runs[$0.run]?.plan == plan }.map(\.step))
    return steps.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func durations(of step: String, plan: String, limit: Int) -> [StepDuration] {
    let all = attempts.values.filter { $0.step == step && runs[$0.run]?.plan == plan }.sorted { $0.id > $1.id }
    let durations = all.compactMap(\.succeededIn)
    return Array(durations.filter { $0.definition == durations[0].definition }.prefix(max(limit, 0)))
  }

  func durations(plan: String, runs count: Int, limit: Int) -> [StepDuration] {
    let newest = runs.values.filter { $0.plan == plan }.map(\.id).sorted(by: >).prefix(max(count, 0))
    return Array(newest.flatMap { attempts(run: $0).compactMap(\.succeededIn) }.prefix(max(limit, 0)))
  }

  func openAttempts(plan: String) -> [OpenAttempt] {
    let open = attempts.values.filter { $0.state == .claimed && runs[$0.run]?.plan == plan }
    return open.sorted { $0.id < $1.id }.compactMap { attempt in
      legs[attempt.leg].map { OpenAttempt(attempt: attempt, leg: $0) }
    }
  }

  func checkpoint(of step: String, run: Int64) -> Checkpoint? { checkpoints(run: run)[step] }

  func formerCheckpoints(run: Int64) -> [String: Checkpoint] {
    var found: [String: Checkpoint] = [:]
    for (key, checkpoint) in former where key.run == run { found[key.step] = checkpoint }
    return found
  }

  func checkpoints(run: Int64) -> [String: Checkpoint] {
    var found: [String: Checkpoint] = [:]
    for (key, index) in current where key.run == run { found[key.step] = checkpoints[index] }
    return found
  }

  func history(plan: String) -> [String: StepHistory] {
    var history: [String: StepHistory] = [:]
    for id in attempts.keys.sorted() {
      guard let attempt = attempts[id], attempt.state != .released, runs[attempt.run]?.plan == plan else { continue }
      history[attempt.step, default: StepHistory()].latestAttempt = attempt
    }
    for index in checkpoints.keys.sorted() {
      guard let checkpoint = checkpoints[index], checkpoint.isEvidence, runs[checkpoint.run]?.plan == plan else {
        continue
      }
      history[checkpoint.step, default: StepHistory()].lastSuccess = checkpoint
    }
    return history
  }

  func position(plan: String) -> PlanPosition {
    PlanPosition(run: latestRun(plan: plan)?.id, checkpoint: lastCheckpoints[plan])
  }

  func appliedPlan(_ id: String) -> AppliedPlan? { appliedPlans[id] }

  func approvals(plan: String, after id: Int64) -> [ApprovalRecord] {
    approvals.values.filter { $0.plan == plan && $0.id > id }.sorted { $0.id < $1.id }
  }

  func approvedParts(_ id: Int64) -> [Value.Entry] { approvedParts[id] ?? [] }

  func state(plan: String) -> [Value.Entry] {
    (state[plan] ?? [:]).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { Value.Entry($0.key, $0.value) }
  }

  func promotedState(run: Int64) -> [PromotedValue] {
    guard let plan = runs[run]?.plan else { return [] }
    return (promotions[plan] ?? [:]).filter { $0.value.run == run }
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .compactMap { key, promotion in
        state[plan]?[key].map { PromotedValue(key: key, value: $0, previous: promotion.previous) }
      }
  }

  func events(run: Int64?, after sequence: Int64, limit: Int) -> [NumberedEvent] {
    let later = events.dropFirst(Int(clamping: max(sequence, 0)))
    return Array(later.lazy.filter { run == nil || $0.run == run }.prefix(max(limit, 0)))
  }

  func liveOutputs() -> [LiveOutput] {
    outputs.keys.sorted().flatMap { leg in
      guard let owner = legs[leg], let run = runs[owner.run] else { return [LiveOutput]() }
      return (outputs[leg] ?? []).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        .map { LiveOutput(plan: run.plan, leg: leg, path: $0) }
    }
  }
}

extension Attempt {
  /// How long it took, if it succeeded.
  fileprivate var succeededIn: StepDuration? {
    guard state == .succeeded, let startedAt, let endedAt else { return nil }
    return StepDuration(step: step, definition: fingerprint.definition, milliseconds: max(0, endedAt - startedAt))
  }
}
