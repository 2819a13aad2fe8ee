internal import Digest
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

extension Supervisor {
  /// Looks at a node before its launch; in a worker thread if that looks at files or programs.
  func prepare(_ node: Int) throws {
    if records[node].isSkippedByUser {
      settle(node, outcome: .skippedByUser, reason: "skipped by request", result: ResultDigest.skipped)
      scheduler.handle(.prepared(node, .settle))
      return
    }
    if let why = calledFailures.leavesOut(node, in: planned) {
      settle(node, outcome: .noValue, reason: why, result: ResultDigest.skipped)
      scheduler.handle(.prepared(node, .settle))
      return
    }
    let attemptID: Int64
    do {
      attemptID = try journal.nextAttemptID()
    } catch {
      journalFailure = error
      return
    }
    if planned.nodes[node].isTemplate {
      records[node].files = AttemptFiles(site.state, run: run.id, attempt: attemptID)
      let job = expansion(of: node)
      try world.submit { JobAnswer(.prepared(node, job.prepare())) }
      return
    }
    guard askPeople(node) else { return }
    let job = preparation(of: node, attempt: attemptID)
    records[node].context = job.context
    records[node].files = AttemptFiles(site.state, run: run.id, attempt: attemptID)
    if planned.nodes[node].step.probes || !site.secrets.isEmpty {
      try world.submit { JobAnswer(.prepared(node, job.prepare())) }
    } else {
      take(job.prepare(), node)
    }
  }

  func preparation(of node: Int, attempt: Int64) -> PreparationJob {
    let record = records[node]
    let step = planned.nodes[node].step
    var scope = scope(of: node)
    if let taken = step.takesBack { scope.ownValues = rollback?.checkpoints[taken]?.values ?? [] }
    var readsUnknown = false
    if case .agent(let agent) = step.action, case .file(_, nil) = agent.prompt { readsUnknown = true }
    var needs: [(id: String, forecast: NeedForecast)] = []
    for need in planned.comparedNeeds(of: node) {
      let checkpoint = outcome(of: need)
      // A prompt that a need made is read only now, so what it asks for is not known before.
      if readsUnknown { scope.checkpoints[planned.nodes[need].id] = checkpoint }
      needs.append((planned.nodes[need].id, checkpoint.map { .done($0) } ?? .absent))
    }
    var question = Judge.Question(
      needs: needs, memory: record.memory, isForced: record.isForced || record.stale != nil,
      isFresh: options.mode == .fresh, rewritten: planned.rewritten(node) { records[$0].ranInRun },
      superseded: planned.superseded(node) { records[$0].checkpoint != nil || records[$0].memory.lastSuccess != nil })
    if let asked = record.question { question.approval = asked.standing.answer }
    question.conflicts = conflicts
    let identity = identity(of: node, attempt: attempt)
    var context = StepContext(
      site: site, node: planned.nodes[node], planEnvironment: planned.plan.environment(of: planned.nodes[node].step),
      scope: scope, identity: identity.pairs, idempotencyKey: identity.key, cancellation: Cancellation(), run: run.id)
    context.undo = rollback?.works[planned.nodes[node].id]
    if case .check = step.action, options.mode != .fresh { context.lastSuccess = record.memory.lastSuccess }
    if case .wait = step.action {
      context.begunAt = record.begunAt
      context.note = AttemptNote()
    }
    let unverified =
      record.mustVerifyFirst ? record.attempt.map { AttemptFiles(site.state, run: run.id, attempt: $0.id) } : nil
    return PreparationJob(
      judge: judge, plan: planned.plan.path, question: question, context: context,
      stale: record.isForced ? nil : record.stale,
      unverified: unverified, scratch: AttemptFiles(site.state, run: run.id, attempt: attempt).scratch, run: run.id,
      attempt: attempt)
  }

  /// What the expressions of a step read now.
  func scope(of node: Int) -> RunScope {
    let step = planned.nodes[node].step
    var scope = baseScope
    scope.hasFailure = calledFailures.hasFailed(for: node, in: planned) ?? !failures.isEmpty
    scope.item = step.item
    for reference in step.allReferences {
      guard let id = reference.value.step, let source = planned.graph.index(of: id) else { continue }
      if let checkpoint = outcome(of: source) {
        scope.checkpoints[id] = checkpoint
      } else if planned.nodes[source].isGroup {
        if hasFailedMember(source) { scope.failedSteps.insert(id) }
      } else if failures.contains(id) {
        scope.failedSteps.insert(id)
      }
    }
    return scope
  }

  /// The EXECPLAN_… variables of an attempt.
  private func identity(of node: Int, attempt: Int64) -> (pairs: [(name: String, value: String)], key: String) {
    let record = records[node]
    let planNode = planned.nodes[node]
    let key = IdempotencyKey.of(
      journal: journal.uuid, run: run.id, step: planNode.id, generation: record.generation,
      definition: planNode.digest)
    let files = AttemptFiles(site.state, run: run.id, attempt: attempt)
    let trace = SHA256.digest(of: "\(journal.uuid)\u{0}\(run.id)").hex.prefix(32)
    let span = SHA256.digest(of: "\(journal.uuid)\u{0}\(attempt)").hex.prefix(16)
    let inherited = site.environment["TRACEPARENT"].flatMap { parent -> Substring? in
      let parts = parent.split(separator: "-")
      return parts.count == 4 && parts[1].utf8.count == 32 ? parts[1] : nil
    }
    let isResumed = leg.id != run.id && baseScope.run[.resumed] == .bool(true)
    return (
      [
        ("EXECPLAN_RUN_ID", String(run.id)), ("EXECPLAN_STEP_ID", planNode.id),
        ("EXECPLAN_ATTEMPT", String(record.attempts + 1)), ("EXECPLAN_RESUMED", isResumed ? "1" : "0"),
        ("EXECPLAN_OUTPUT", files.output), ("EXECPLAN_STATE", files.state), ("EXECPLAN_IDEMPOTENCY_KEY", key),
        ("TRACEPARENT", "00-\(inherited ?? trace)-\(span)-01"),
      ], key
    )
  }

  /// Takes what looking at a node found, and tells the scheduler.
  func take(_ prepared: PreparationJob.Prepared, _ node: Int) {
    for note in site.secrets.takeNotes() { observer.said(note) }
    records[node].judgement = prepared.judgement
    var prepared = prepared
    var verdict = prepared.verdict
    if verdict == .settle, let problem = problem(withFound: prepared, by: node) {
      prepared.problem = problem
      verdict = .fail
    }
    if verdict == .fail, allowsFailure(of: node) { verdict = .allowedFailure }
    if verdict == .wait { verdict = openVerdict(node) }
    let broken = brokenPromise(node, prepared)
    if broken != nil { verdict = .refuse }
    switch verdict {
    case .settle:
      if planned.nodes[node].isTemplate { settleFound(node, prepared) } else { settle(node, prepared) }
      records[node].context = nil
    case .claim:
      records[node].command = prepared.command
      records[node].attempt = attempt(node, .claimed, prepared.judgement.fingerprint)
    case .wait, .poll:
      if records[node].question?.isAsked != true {
        records[node].attempt = attempt(node, .waiting, prepared.judgement.fingerprint)
      }
      records[node].state = .waiting
      records[node].awaited = prepared.awaited
      records[node].reason = prepared.judgement.decision.reasons.first?.text
    case .fail, .allowedFailure:
      var failed = attempt(node, .failed, prepared.judgement.fingerprint)
      failed.endedAt = wallNow
      failed.reason = prepared.problem
      records[node].attempt = failed
      records[node].attempts += 1
      records[node].state = .failed
      records[node].reason = prepared.problem
      records[node].context = nil
      if prepared.judgement.decision.reasons.first?.kind == .rejected {
        stopIfNothingRan()
      }
      if verdict == .allowedFailure {
        succeed(node, .failed(prepared.problem ?? ""), failed, .allowedFailure)
      } else {
        failures.insert(planned.nodes[node].id)
      }
      noteFailure(of: node)
    case .refuse:
      records[node].refusal = broken ?? prepared.problem
      records[node].reason = records[node].refusal
    }
    if verdict != .claim, verdict != .wait, !planned.nodes[node].isApproval { records[node].context = nil }
    scheduler.handle(.prepared(node, verdict))
  }

  private func attempt(_ node: Int, _ state: Attempt.State, _ fingerprint: Fingerprint) -> Attempt {
    Attempt(
      id: records[node].files?.attempt ?? 0, run: run.id, leg: leg.id, step: planned.nodes[node].id,
      number: records[node].attempts + 1, generation: records[node].generation, state: state, fingerprint: fingerprint,
      claimedAt: wallNow, bootID: leg.bootID)
  }

  private func settle(_ node: Int, _ prepared: PreparationJob.Prepared) {
    if prepared.keepsStale, let stale = records[node].stale {
      records[node].checkpoint = stale
      records[node].stale = nil
      records[node].state = .skipped
      records[node].reason = "checkpointed"
      return
    }
    let reason = prepared.judgement.decision.reasons.first?.text ?? ""
    if var result = prepared.verified {
      result.reason = "verify holds now, so it is not run again"
      var attempt = attempt(node, .succeeded, prepared.judgement.fingerprint)
      attempt.endedAt = wallNow
      attempt.reason = result.reason
      succeed(node, result, attempt, .succeeded)
      records[node].attempt = attempt
      records[node].attempts += 1
      records[node].memory.latestAttempt = .succeeded
      records[node].state = .succeeded
      records[node].reason = result.reason
      records[node].ranInRun = true
      return
    }
    guard let settlement = prepared.judgement.settlement else { return }
    settle(node, outcome: settlement.outcome, reason: reason, result: settlement.result, settlement, prepared.judgement)
    if let question = records[node].question, settlement.outcome == .attested {
      records[node].checkpoint?.fingerprint.inputs = question.standing.digest
      records[node].state = .succeeded
    }
  }

  func settle(
    _ node: Int, outcome: Checkpoint.Outcome, reason: String, result: SHA256Digest,
    _ settlement: Judgement.Settlement? = nil, _ judgement: Judgement? = nil
  ) {
    let planNode = planned.nodes[node]
    records[node].checkpoint = Checkpoint(
      step: planNode.id, run: run.id, outcome: outcome,
      fingerprint: judgement?.fingerprint ?? Fingerprint(definition: planNode.digest), values: settlement?.values ?? [],
      result: result, needResults: needResults(node), inputFiles: judgement?.inputFiles ?? [],
      outputFiles: settlement?.outputFiles ?? [], carriedFrom: settlement?.carriedFrom, reason: reason,
      endedAt: wallNow, bootID: leg.bootID, generation: settlement?.generation ?? records[node].generation)
    records[node].state = .skipped
    records[node].reason = reason
    records[node].stale = nil
  }

  /// The results of the direct needs, as they are now.
  func needResults(_ node: Int) -> [String: SHA256Digest] {
    var results: [String: SHA256Digest] = [:]
    for need in planned.comparedNeeds(of: node) { results[planned.nodes[need].id] = outcome(of: need)?.result }
    return results
  }
}

extension Step {
  /// Whether looking at the step before its launch reads files or runs programs.
  var probes: Bool {
    switch action {
    case .file, .edit, .fetch, .check, .manual, .agent, .uses: true
    // What people said is looked up before.
    case .approve: false
    case .run, .exec, .sql, .http, .wait:
      !inputs.isEmpty || !outputs.isEmpty || !creates.isEmpty || unless != nil || !verify.isEmpty || when != nil
    }
  }

  /// Whether looking at the step may run programs of the plan, or ask servers.
  var probesWithPrograms: Bool {
    if unless != nil { return true }
    return verify.contains(where: \.needsProgram)
  }
}
