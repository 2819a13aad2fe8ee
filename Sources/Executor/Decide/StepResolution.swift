internal import Digest
package import Journal
package import PlanModel
package import Planner
internal import Subprocess

/// Decides what became of a step in doubt, by a person's word. It needs no plan that parses: the run keeps its own.
package struct StepResolution {
  package enum Verdict: String, Sendable, CaseIterable {
    case done, failed, rerun
  }

  package var site: ExecutionSite
  /// The plan's key.
  package var plan: String
  package var step: String
  package var verdict: Verdict
  package var note: String?
  package var values: [Value.Entry]
  package var command: CommandWords
  /// What dependents read of the step and must have; empty when the plan can't be read.
  package var requiredValues: [(key: String, reader: String)]
  /// The plan, if it can be read: what it says of the step's `state` counts while the step's definition is the same.
  package var planned: PlannedPlan?
  /// The rollback that goes on when it is decided; nil: the run itself does.
  package var rollback: RollbackGoal?
  /// What is done if the step still runs.
  package var orphans = OrphanPolicy.refuse
  /// Between SIGTERM and SIGKILL, if it is ended.
  package var grace = Duration.seconds(10)
  /// Is told what is done about what still runs, a line each.
  package var say: (String) -> Void = { _ in }

  package init(
    site: ExecutionSite, plan: String, step: String, verdict: Verdict, note: String?, values: [Value.Entry],
    command: CommandWords, requiredValues: [(key: String, reader: String)], planned: PlannedPlan? = nil
  ) {
    self.site = site
    self.plan = plan
    self.step = step
    self.verdict = verdict
    self.note = note
    self.values = values
    self.command = command
    self.requiredValues = requiredValues
    self.planned = planned
  }

  /// - Returns: nil when it is recorded.
  package func record(arguments: [String]) throws -> Refusal? {
    guard site.world.hasJournal(site.state) else { return Refusal(.refused, "there is no run to resolve") }
    let journal = try site.world.openJournal(site.state)
    defer { try? journal.close() }
    guard let stateLock = try site.world.shareState(site.state, timeout: .seconds(5)) else {
      return Refusal(.locked, "the state directory is being maintained; try again")
    }
    let holder = LockHolder(
      pid: site.world.pid, host: site.world.machine.host, since: site.world.wallNow(),
      command: arguments.map { site.secrets.masked($0) })
    guard case .acquired(let lock) = try site.world.lockPlan(plan, in: site.state, holder: holder, timeout: .zero)
    else {
      return Refusal(
        .locked, "the plan is being applied, so nothing of it is in doubt yet", nextCommands: ["status \(command.plan)"]
      )
    }
    defer {
      lock.release()
      withExtendedLifetime(stateLock) {}
    }
    if let refusal = try settleOrphan(on: journal) { return refusal }
    return try record(in: journal)
  }

  /// A step that still runs is not in doubt. About one that can't be seen from here the person knows more.
  private func settleOrphan(on journal: any JournalStore) throws -> Refusal? {
    let settlement = OrphanSettlement(
      site: site, policy: orphans, grace: grace, words: command,
      base: "resolve \(command.plan) \(CommandWords.word(step)) --as \(verdict.rawValue)", timeouts: [:],
      invocation: site.world.beginInvocation, say: say)
    return try settlement.settle(of: plan, on: journal) { $0.attempt.step != step || $0.unseen != nil }
  }

  /// What goes on when this is decided.
  package var goingOn: String { rollback.map { command.rollback($0) } ?? command.resume() }

  private func record(in journal: any JournalStore) throws -> Refusal? {
    guard let run = try journal.read({ reader throws(JournalError) in try reader.latestRun(plan: plan) }) else {
      return Refusal(.refused, "there is no run of \"\(plan)\"")
    }
    let attempts = try journal.read { reader throws(JournalError) in
      try reader.attempts(run: run.id).filter { $0.step == step && $0.state != .released }
    }
    guard var attempt = attempts.last else {
      return Refusal(.usage, "\"\(step)\" was never started in run \(run.id)", nextCommands: ["status \(command.plan)"])
    }
    let isOpen = attempt.state == .claimed || attempt.state == .inDoubt
    guard isOpen || (verdict == .rerun && attempt.state == .failedFinally) else {
      return Refusal(
        .refused, "\"\(step)\" is not in doubt: attempt \(attempt.number) is recorded as \(attempt.state.rawValue)",
        nextCommands: [goingOn])
    }
    let now = site.world.wallNow()
    attempt.endedAt = now
    let said = site.secrets.masked("resolved as \(verdict.rawValue)" + (note.map { ": \($0)" } ?? ""))
    attempt.reason = said
    var writes: [JournalWrite] = []
    switch verdict {
    case .rerun: attempt.state = .cancelled
    case .failed: attempt.state = .failedFinally
    case .done:
      attempt.state = .succeeded
      switch try checkpoint(run, attempt, said, journal, now) {
      case .failure(let refusal): return refusal
      case .success(let checkpoint): writes.append(.checkpoint(checkpoint))
      }
      writes += try takenBack(run, now, journal)
    }
    writes.append(.endAttempt(attempt))
    if run.state == .running { writes.append(.setRunState(run: run.id, .interrupted, finishedAt: nil)) }
    writes.append(
      .event(
        run: run.id,
        Event(
          .stepFinished, step: step, attempt: attempt.number, at: now,
          payload: [
            .init("state", .string(verdict == .done ? "succeeded" : verdict == .failed ? "failed" : "cancelled")),
            .init("reason", .string(said)),
          ])))
    try journal.commit(writes)
    return nil
  }

  /// If the step is the undo of another: that one is taken back with it.
  private func takenBack(_ run: Run, _ now: Int64, _ journal: any JournalStore) throws -> [JournalWrite] {
    guard let taken = UndoName.step(of: step) else { return [] }
    let last = try journal.read { reader throws(JournalError) in
      try reader.attempts(run: run.id).last { $0.step == taken && $0.state != .released }
    }
    var writes: [JournalWrite] = [.supersede(run: run.id, steps: [step, taken])]
    if let last, [.claimed, .inDoubt, .waiting].contains(last.state) {
      writes.append(.endAttempt(last.takenBack(at: now)))
    }
    return writes
  }

  private func checkpoint(
    _ run: Run, _ attempt: Attempt, _ reason: String, _ journal: any JournalStore, _ now: Int64
  ) throws -> Result<Checkpoint, Refusal> {
    let files = AttemptFiles(site.state, run: run.id, attempt: attempt.id)
    var published: [Value.Entry] = []
    if let bytes = try site.world.readPrivateFile(files.output, limit: PublishedValues.limit) {
      published = (try? PublishedValues.parse(bytes)) ?? []
    }
    for entry in values {
      published.removeAll { $0.key == entry.key }
      published.append(entry)
    }
    if let problem = site.secrets.problem(with: published, in: "\"\(step)\"") {
      return .failure(
        Refusal(.refused, problem, nextCommands: ["resolve \(command.plan) \(CommandWords.word(step)) --as rerun"]))
    }
    let missing = requiredValues.filter { required in !published.contains { $0.key == required.key } }
    if let first = missing.first {
      return .failure(
        Refusal(
          .refused, "\"\(first.reader)\" needs the value \"\(first.key)\" of \"\(step)\", and it is not known",
          nextCommands: ["resolve \(command.plan) \(CommandWords.word(step)) --as done --value \(first.key)=VALUE"]))
    }
    let stored = try journal.read { reader throws(JournalError) in try reader.planText(run.planDigest) }
    let definition =
      stored.flatMap { try? JSONReader.read(Array($0.utf8)) }.flatMap { DefinitionText.definition(of: step, in: $0) }
      ?? foundDefinition(attempt)
    let patterns = (definition?.fields.first { $0.name == "outputs" }?.values ?? []).map {
      PathPattern($0.hasPrefix("!") ? String($0.dropFirst()) : $0, isNegated: $0.hasPrefix("!"))
    }
    let outputs = try FileDigests.of(patterns, site.files)
    // The stored definition does not say `sync_outputs`, and what a person vouches for is worth it.
    try site.sync(outputs)
    var fingerprint = attempt.fingerprint
    // What a repair of the journal lost is taken from the plan that the run was executed with.
    if fingerprint.definition == Fingerprint.unknownDefinition, let definition {
      fingerprint.definition = definition.digest
    }
    fingerprint.outputs = FileDigests.digest(outputs)
    let checkpoints = try journal.read { reader throws(JournalError) in try reader.checkpoints(run: run.id) }
    let needs = definition?.fields.first { $0.name == "needs" }?.values ?? []
    let pending: [Value.Entry]
    do {
      pending = try pendingState(run, attempt, published, checkpoints, journal)
    } catch let error as EvaluationError {
      return .failure(
        Refusal(
          .refused, error.message, nextCommands: ["resolve \(command.plan) \(CommandWords.word(step)) --as rerun"]))
    }
    return .success(
      Checkpoint(
        step: step, run: run.id, attempt: attempt.id, outcome: .attested, fingerprint: fingerprint, values: published,
        pendingState: pending,
        result: ResultDigest.of(
          step, produces: !patterns.isEmpty, isCheck: false, values: published, outputs: outputs, run: run.id,
          attempt: attempt.id),
        needResults: Dictionary(
          needs.compactMap { id in checkpoints[id].map { (id, $0.result) } }, uniquingKeysWith: { a, _ in a }),
        outputFiles: outputs, reason: reason, endedAt: now, bootID: site.world.machine.bootID,
        generation: attempt.generation))
  }

  /// The definition of an item that the run has found: those are not stored, so the plan must be read for it.
  private func foundDefinition(_ attempt: Attempt) -> StepDefinition? {
    planned?.nodes.first {
      $0.step.isFound && $0.id == step && $0.digest == attempt.fingerprint.definition
    }?.definition
  }

  /// The state that the step wrote or would have written at its end.
  private func pendingState(
    _ run: Run, _ attempt: Attempt, _ values: [Value.Entry], _ checkpoints: [String: Checkpoint],
    _ journal: any JournalStore
  ) throws -> [Value.Entry] {
    let files = AttemptFiles(site.state, run: run.id, attempt: attempt.id)
    guard let planned,
      let node = planned.nodes.first(where: { $0.id == step && $0.digest == attempt.fingerprint.definition })
    else {
      let bytes = try site.world.readPrivateFile(files.state, limit: PublishedValues.limit)
      let pending = bytes.flatMap { try? PublishedValues.parse($0) } ?? []
      if let problem = site.secrets.problem(with: pending, in: "$EXECPLAN_STATE") { throw EvaluationError(problem) }
      return pending
    }
    let state = try journal.read { reader throws(JournalError) in try reader.state(plan: plan) }
    var scope = RunScope(
      statics: planned.statics, checkpoints: checkpoints,
      state: Dictionary(state.map { ($0.key, $0.value) }, uniquingKeysWith: { a, _ in a }),
      run: [.id: .string(String(run.id))], files: site.files, secrets: site.secrets)
    scope.regard(node, of: planned)
    let context = StepContext(
      site: site, node: node, planEnvironment: planned.plan.environment(of: node.step), scope: scope, identity: [],
      idempotencyKey: "",
      cancellation: Cancellation())
    return try AttemptFinish(context: context, files: files, duration: 0).pendingState(values: values)
  }
}
