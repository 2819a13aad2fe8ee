internal import Digest
internal import Journal
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

extension Supervisor {
  /// An attempt is over, with everything that it had to show.
  func ended(_ node: Int, _ result: AttemptResult) {
    guard let work = running.removeValue(forKey: node) else { return }
    work.program?.trimOutput()
    var result = result.masked(by: site.secrets.masker)
    // A time-out or a signal that came first decides how the end is called.
    if result.ending == .cancelled, let ending = work.ending {
      result.ending = ending
      if ending == .timedOut {
        result.reason = [AttemptResult.timeoutReason, result.reason].compactMap(\.self).joined(separator: ": ")
      }
    }
    if result.ending == .succeeded, let overwritten = overwritten(by: node) {
      result.reason = [overwritten, result.reason].compactMap(\.self).joined(separator: "; ")
    }
    guard var attempt = records[node].attempt else { return }
    let now = wallNow
    attempt.endedAt = records[node].endedBefore ?? now
    attempt.exitCode = result.exitCode
    attempt.signal = result.signal
    attempt.reason = result.reason
    attempt.usage = work.usage ?? result.usage
    records[node].attempts += 1
    records[node].checks = result.checks
    records[node].reason = result.reason
    records[node].duration = attempt.startedAt.map { Int((attempt.endedAt ?? now) - $0) }
    records[node].result = result
    let ending: SchedulerEvent.Ending
    switch result.ending {
    case .succeeded:
      attempt.state = .succeeded
      ending = .succeeded
      succeed(node, result, attempt, .succeeded)
      records[node].state = .succeeded
    case .cancelled:
      attempt.state = .cancelled
      ending = .cancelled
      records[node].state = .cancelled
    case .inDoubt:
      attempt.state = .inDoubt
      ending = .inDoubt
      records[node].state = .inDoubt
    case .failed, .timedOut:
      attempt.state = result.ending == .timedOut ? .timedOut : .failed
      ending = failed(node, result, &attempt, now)
      records[node].state = ending == .failed(retry: true) ? .pending : .failed
      records[node].mustVerifyFirst = result.reason?.hasPrefix("verify:") ?? false
    }
    records[node].memory.latestAttempt = attempt.state
    records[node].lastEnd = attempt.state
    records[node].attempt = attempt
    // An environment for each step of a large plan would fill the memory.
    records[node].context = nil
    records[node].command = nil
    scheduler.handle(.finished(node, ending))
  }

  /// What the step wrote over although it was not the plan's; nil: nothing.
  private func overwritten(by node: Int) -> String? {
    records[node].judgement?.decision.reasons.first { $0.kind == .overwrites }?.text
  }

  private func failed(
    _ node: Int, _ result: AttemptResult, _ attempt: inout Attempt, _ now: Int64
  ) -> SchedulerEvent.Ending {
    let step = planned.nodes[node].step
    records[node].failures += 1
    let first = records[node].firstFailureAt ?? now
    records[node].firstFailureAt = first
    let decision = RetryDecision(policy: step.retry)
    if signal == nil, !isPastDeadline,
      let delay = decision.delay(
        after: result, failures: records[node].failures, elapsed: .milliseconds(Int(now - first)),
        random: site.world.random())
    {
      attempt.retryDelay = Int64(delay.wholeMilliseconds)
      attempt.retryAt = now + Int64(delay.wholeMilliseconds)
      records[node].dueAt = self.now + delay
      return .failed(retry: true)
    }
    if records[node].failures <= step.retry.times, let asked = result.retryAfter,
      RetryDecision.isTooLate(asked, step.retry, elapsed: .milliseconds(Int(now - first)))
    {
      let reason =
        "\(result.reason ?? "it failed"); the server asks to come back in \(asked.wholeMilliseconds / 1000) s, later than is waited for"
      attempt.reason = reason
      records[node].reason = reason
    }
    noteFailure(of: node)
    if allowsFailure(of: node) {
      succeed(node, result, attempt, .allowedFailure)
      return .allowedFailure
    }
    failures.insert(planned.nodes[node].id)
    return .failed(retry: false)
  }

  /// Makes the checkpoint that the step's end is committed with.
  func succeed(_ node: Int, _ result: AttemptResult, _ attempt: Attempt, _ outcome: Checkpoint.Outcome) {
    let planNode = planned.nodes[node]
    var fingerprint = attempt.fingerprint
    // A path that the step reads and writes counts as it is after the step.
    var inputs = records[node].judgement?.inputFiles ?? []
    let written = Dictionary(result.rewrittenInputs.map { ($0.path, $0.digest) }, uniquingKeysWith: { a, _ in a })
    for index in inputs.indices {
      if let digest = written[inputs[index].path] { inputs[index].digest = digest }
    }
    fingerprint.inputs = FileDigests.digest(inputs)
    fingerprint.outputs = FileDigests.digest(result.outputFiles)
    records[node].checkpoint = Checkpoint(
      step: planNode.id, run: run.id, attempt: attempt.id, outcome: outcome, fingerprint: fingerprint,
      values: result.values, pendingState: result.pendingState,
      result: ResultDigest.ofRun(
        planNode, values: result.values, outputs: result.outputFiles, run: run.id, attempt: attempt.id),
      needResults: needResults(node), inputFiles: inputs, outputFiles: result.outputFiles,
      reason: result.reason ?? "", endedAt: attempt.endedAt ?? 0, bootID: leg.bootID,
      generation: records[node].generation)
    records[node].stale = nil
  }

  /// Puts what the scheduler wants durable into one transaction.
  func commit(_ writes: [SchedulerWrite]) throws {
    var batch: [JournalWrite] = []
    batch.reserveCapacity(writes.count * 2)
    for write in writes {
      switch write {
      case .claim(let node, let starts):
        guard let attempt = records[node].attempt else { continue }
        dropStale(node, in: &batch)
        batch.append(.claim(attempt))
        addBeginning(of: node, to: &batch)
        if starts { add(startedEvent(node, attempt), to: &batch) }
      case .started(let node):
        guard let attempt = records[node].attempt else { continue }
        add(startedEvent(node, attempt), to: &batch)
      case .end(let node): addEnd(of: node, to: &batch)
      case .settle(let node):
        guard let checkpoint = records[node].checkpoint else { continue }
        addNews(of: node, to: &batch)
        if let attempt = records[node].attempt, checkpoint.attempt == records[node].files?.attempt {
          batch.append(.claim(attempt))
          batch.append(.endAttempt(attempt))
        }
        if !records[node].gone.isEmpty { batch.append(.supersede(run: run.id, steps: records[node].gone)) }
        batch.append(.checkpoint(checkpoint))
        add(finishedEvent(node), to: &batch)
        addEnding(with: node, to: &batch)
        let paths = records[node].found.flatMap { planned.step(like: $0)?.writtenPaths ?? [] }.filter { !$0.isNegated }
        if !paths.isEmpty { batch.append(.liveOutputs(leg: leg.id, paths: Set(paths.map(\.text)).sorted())) }
        for event in LegStart.planned(records[node].found.map(Value.string), at: wallNow) { add(event, to: &batch) }
      case .wait(let node):
        if planned.nodes[node].isApproval {
          addQuestion(node, to: &batch)
          continue
        }
        guard let attempt = records[node].attempt else { continue }
        dropStale(node, in: &batch)
        batch.append(.claim(attempt))
        batch.append(.endAttempt(attempt))
        add(waitingEvent(node), to: &batch)
      case .fail(let node):
        guard let attempt = records[node].attempt else { continue }
        dropStale(node, in: &batch)
        addNews(of: node, to: &batch)
        batch.append(.claim(attempt))
        addEnd(of: node, to: &batch)
      case .release(let node):
        guard let attempt = records[node].attempt else { continue }
        batch.append(.release(attempt: attempt.id))
      case .refuse(let node): add(refusedEvent(node), to: &batch)
      }
    }
    try world.commit(batch)
  }

  /// That people are asked, once a leg, and what they have said since the last look.
  private func addQuestion(_ node: Int, to batch: inout [JournalWrite]) {
    if records[node].question?.isAsked == false, let attempt = records[node].attempt {
      batch.append(.claim(attempt))
      batch.append(.endAttempt(attempt))
      add(waitingEvent(node), to: &batch)
      records[node].question?.isAsked = true
    }
    addNews(of: node, to: &batch)
  }

  /// A success that no longer counts is no evidence from the claim on: the new attempt may come to nothing.
  private func dropStale(_ node: Int, in batch: inout [JournalWrite]) {
    guard records[node].stale != nil else { return }
    records[node].stale = nil
    batch.append(.supersede(run: run.id, steps: [planned.nodes[node].id]))
  }

  private func addEnd(of node: Int, to batch: inout [JournalWrite]) {
    guard let attempt = records[node].attempt else { return }
    batch.append(.endAttempt(attempt))
    if let checkpoint = records[node].checkpoint, checkpoint.attempt == attempt.id {
      batch.append(.checkpoint(checkpoint))
      if planned.nodes[node].step.takesBack != nil { addTakenBack(node, to: &batch) }
      if planned.nodes[node].isFinally, checkpoint.outcome == .succeeded, !endsWhatIsDone(node) {
        let undone = planned.undoneSteps(of: node)
        if !undone.isEmpty { batch.append(.supersede(run: run.id, steps: undone)) }
      }
    }
    add(finishedEvent(node), to: &batch)
    if records[node].checkpoint?.attempt == attempt.id { addEnding(with: node, to: &batch) }
    if let due = attempt.retryAt {
      add(
        Event(
          .retryScheduled, step: attempt.step, attempt: attempt.number, at: attempt.endedAt ?? 0,
          payload: [
            .init("delay_ms", .int(Int(attempt.retryDelay ?? 0))), .init("due_at", .string(Timestamp.rfc3339(due))),
          ]),
        to: &batch)
    }
  }

  /// The step is taken back: its success is no evidence from now on, nor is that of its undo, and nothing of it is in
  /// doubt.
  private func addTakenBack(_ node: Int, to batch: inout [JournalWrite]) {
    let name = planned.nodes[node].id
    batch.append(.supersede(run: run.id, steps: [name] + [planned.nodes[node].step.takesBack].compactMap(\.self)))
    if let open = rollback?.open[name] { batch.append(.endAttempt(open.takenBack(at: wallNow))) }
  }

  /// It is told when the batch is durable.
  func add(_ event: Event, to batch: inout [JournalWrite]) {
    batch.append(.event(run: run.id, event))
    eventsInFlight.append(event)
  }

  // MARK: Events

  private func startedEvent(_ node: Int, _ attempt: Attempt) -> Event {
    let reasons = records[node].judgement?.decision.reasons ?? []
    return Event(
      .stepStarted, step: attempt.step, attempt: attempt.number, at: wallNow,
      payload: [
        .init("reasons", .list(reasons.map { .string($0.text) })),
        .init("action", .string(planned.nodes[node].actionName)),
      ] + told(node, .run))
  }

  private func waitingEvent(_ node: Int) -> Event {
    Event(
      .waiting, step: planned.nodes[node].id, at: wallNow,
      payload: (records[node].awaited?.payload ?? []) + told(node, .wait))
  }

  private func finishedEvent(_ node: Int) -> Event {
    let record = records[node]
    let planNode = planned.nodes[node]
    // What finds items makes no attempt, unless it fails.
    let finds = planNode.isTemplate && record.state == .succeeded
    var payload: [Value.Entry] = [.init("state", .string(record.state == .pending ? "failed" : record.state.rawValue))]
    if let reason = record.reason { payload.append(.init("reason", .string(reason))) }
    if record.state == .skipped { payload += told(node, .skip) }
    if record.state != .skipped, !finds {
      if let code = record.attempt?.exitCode { payload.append(.init("exit_code", .int(code))) }
      if let duration = record.duration { payload.append(.init("duration_ms", .int(duration))) }
      if let usage = record.attempt?.usage { payload.append(.init("resources", usage.payload)) }
    }
    if !record.checks.isEmpty {
      payload.append(
        .init(
          "checks",
          .list(
            record.checks.map(\.value))))
    }
    return Event(
      planNode.isGate ? .gate : .stepFinished, step: planNode.id,
      attempt: record.state == .skipped || finds ? nil : record.attempt?.number, at: wallNow, payload: payload)
  }

  // MARK: Progress

  /// Nil when nobody knows, and once something has failed: what is then left is not what was planned.
  private func remaining(_ now: BootInstant) -> RunProgress.Remaining? {
    guard let remainingTime, failures.isEmpty, signal == nil else { return nil }
    // Each frame looks at each step; once a second is enough for what is known in seconds.
    if let shown = shownRemaining, now - shown.at < .seconds(1) { return shown.time }
    let time = remainingTime.estimate { node in
      // A record is large: it is not copied for each look.
      if records[node].isExcluded { return nil }
      switch records[node].state {
      case .running: return records[node].startedAt.map { Int64((now - $0).wholeMilliseconds) } ?? 0
      case .pending: return 0
      case .succeeded, .failed, .skipped, .blocked, .waiting, .inDoubt, .cancelled, .rolledBack: return nil
      }
    }
    shownRemaining = (now, time)
    return time
  }

  func reportProgress() {
    guard observer.wantsProgress else { return }
    let now = self.now
    var progress = RunProgress(
      total: 0, succeeded: 0, skipped: 0, failed: 0, running: [], retries: [], elapsed: now - startedAt)
    for (node, record) in records.enumerated() where !planned.nodes[node].isBarrier && !record.isExcluded {
      progress.total += 1
      switch record.state {
      case .succeeded: progress.succeeded += 1
      case .skipped: progress.skipped += 1
      case .failed: progress.failed += 1
      case .pending, .running, .blocked, .waiting, .inDoubt, .cancelled, .rolledBack: break
      }
    }
    for node in running.keys.sorted() {
      guard let started = records[node].startedAt else { continue }
      progress.running.append(
        .init(
          id: planned.nodes[node].id, attempt: records[node].attempts + 1, elapsed: now - started,
          stdoutPath: running[node]?.program == nil ? nil : records[node].files?.stdout,
          stderrPath: running[node]?.program == nil ? nil : records[node].files?.stderr,
          note: records[node].context?.note?.text))
    }
    for node in backingOff.sorted() {
      guard let due = records[node].dueAt, due > now else { continue }
      progress.retries.append(
        .init(
          id: planned.nodes[node].id, attempt: records[node].attempts + 1, remaining: due - now,
          reason: records[node].reason ?? ""))
    }
    progress.remaining = remaining(now)
    observer.progress(progress)
  }
}
