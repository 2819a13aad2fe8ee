internal import Digest
internal import Glibc
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Begins a leg: settles what a dead leg left, records the run and the leg, and gives each node what is known of it.
struct LegStart {
  let planned: PlannedPlan
  let site: ExecutionSite
  let options: ExecutionOptions
  let journal: Journal
  var opening: Opening
  let selection: LegSelection
  /// The plan's source as the journal keeps it, so that `finally` steps can be run from there.
  let source: String?
  /// Whether only the `finally` steps are run that a killed leg owes, before the run is given up.
  let givesUp: Bool
  /// The events of the beginning, once they are recorded.
  private(set) var begun: [(event: Event, sequence: Int64)] = []
  private var writes: [JournalWrite] = []
  private let now = WallClock.now()

  init(
    planned: PlannedPlan, site: ExecutionSite, options: ExecutionOptions, journal: Journal, opening: Opening,
    selection: LegSelection, source: String?, givesUp: Bool = false
  ) {
    self.planned = planned
    self.site = site
    self.options = options
    self.journal = journal
    self.opening = opening
    self.selection = selection
    self.source = source
    self.givesUp = givesUp
  }

  private var goesOn: Bool { opening.position.run != nil }

  // MARK: What a dead leg left

  /// Decides about every attempt in doubt that can be decided without a person.
  ///
  /// - Returns: a refusal when a program's answer leaves a person to ask.
  mutating func settleDoubts() throws -> Refusal? {
    for attempt in opening.unlaunched { writes.append(.release(attempt: attempt.id)) }
    guard goesOn else {
      for (_, attempt) in opening.doubtful { endDoubt(attempt, .cancelled, "given up with its run") }
      return nil
    }
    for (id, attempt) in opening.doubtful.sorted(by: { $0.key < $1.key }) {
      guard let doubt = opening.position.doubts[id] else { continue }
      if givesUp, planned.graph.index(of: id).map({ !planned.nodes[$0].isFinally }) ?? true {
        endDoubt(attempt, .cancelled, "given up with its run")
        opening.position.doubts[id] = nil
        continue
      }
      switch doubt {
      case .rerun(let why):
        endDoubt(attempt, .cancelled, "cut off; it runs again, because \(why)")
        opening.notes.append("\"\(id)\" was cut off and runs again: \(why)")
        if let index = planned.graph.index(of: id) {
          if DoubtPolicy.movesOutputsAside(planned.nodes[index].step) { try moveAside(index, attempt) }
          opening.position.unfinished[id] = Reason(.cutOff, why)
        }
      case .probe: try probe(id, attempt)
      case .done: break
      case .fail(let why):
        endDoubt(attempt, .failedFinally, why)
        opening.position.failedForGood.insert(id)
        opening.notes.append("\"\(id)\" was cut off and counts as failed: \(why)")
      case .ask(let why): endDoubt(attempt, .inDoubt, why)
      }
    }
    try verifyAfterRestart()
    return nil
  }

  /// Asks `verify` of steps that ended shortly before the machine was restarted whether their effect is still there.
  private mutating func verifyAfterRestart() throws {
    for id in opening.position.unverified.sorted() {
      guard let index = planned.graph.index(of: id), let checkpoint = opening.position.checkpoints[id] else { continue }
      switch try guards(of: index, run: checkpoint.run, attempt: checkpoint.attempt ?? 0).verify() {
      case .holds: opening.notes.append("\"\(id)\" survived the restart of the machine: its \"verify\" holds")
      case .fails(let why):
        opening.position.drop(index, Reason(.outputLost, why), in: planned)
        opening.notes.append("\"\(id)\" runs again: its \"verify\" does not hold after the restart of the machine")
      case .notRun: break
      }
    }
    opening.position.unverified = []
  }

  /// What asks the guards of a step about an attempt that is over.
  private func guards(of index: Int, run: Int64, attempt: Int64) throws -> PreparationJob {
    let node = planned.nodes[index]
    let files = AttemptFiles(site.state, run: run, attempt: attempt)
    try files.makeFolder()
    let scope = RunScope(
      statics: planned.statics, checkpoints: opening.position.checkpoints, state: opening.state, files: site.files)
    let context = StepContext(
      site: site, node: node, planEnvironment: planned.plan.env, scope: scope,
      identity: [("EXECPLAN_RUN_ID", String(run)), ("EXECPLAN_STEP_ID", node.id)], idempotencyKey: "",
      cancellation: Cancellation())
    return PreparationJob(
      judge: Judge(planned: planned, files: site.files),
      question: Judge.Question(node: index, needs: [], memory: StepMemory()), context: context, stale: nil,
      unverified: nil, scratch: files.scratch)
  }

  private mutating func endDoubt(_ attempt: Attempt, _ state: Attempt.State, _ reason: String) {
    var attempt = attempt
    attempt.state = state
    attempt.endedAt = attempt.endedAt ?? now
    attempt.reason = reason
    writes.append(.endAttempt(attempt))
    opening.attempts[attempt.step]?.removeAll { $0.id == attempt.id }
    opening.attempts[attempt.step, default: []].append(attempt)
  }

  /// Asks `unless` or `verify` what became of the attempt.
  private mutating func probe(_ id: String, _ attempt: Attempt) throws {
    guard let index = planned.graph.index(of: id) else { return }
    let node = planned.nodes[index]
    let job = try guards(of: index, run: attempt.run, attempt: attempt.id)
    let asksVerify = node.step.onInterrupt == .verify || node.step.unless == nil
    let name = asksVerify ? "verify" : "unless"
    switch asksVerify ? job.verify() : job.unless() {
    case .holds:
      endDoubt(attempt, .succeeded, "cut off; \"\(name)\" says that it is done")
      let outputs = try FileDigests.of(node.step.recordedOutputs, site.files)
      let inputs = try FileDigests.of(node.step.recordedInputs, site.files)
      let values = published(by: attempt)
      let checkpoint = Checkpoint(
        step: id, run: attempt.run, attempt: attempt.id, outcome: .attested, fingerprint: attempt.fingerprint,
        values: values,
        result: ResultDigest.ofRun(node, values: values, outputs: outputs, run: attempt.run, attempt: attempt.id),
        needResults: needResults(of: index),
        // Inputs that have changed since were not what the attempt read.
        inputFiles: FileDigests.digest(inputs) == attempt.fingerprint.inputs ? inputs : [],
        outputFiles: outputs, reason: "\"\(name)\" says that it is done", endedAt: now,
        bootID: Machine.current.bootID, generation: attempt.generation)
      writes.append(.checkpoint(checkpoint))
      opening.position.checkpoints[id] = checkpoint
      opening.notes.append("\"\(id)\" was cut off, and its \"\(name)\" says that it is done")
    case .fails, .notRun:
      endDoubt(attempt, .cancelled, "cut off; \"\(name)\" says that it is not done, so it runs again")
      opening.notes.append("\"\(id)\" was cut off and runs again: its \"\(name)\" says that it is not done")
      opening.position.unfinished[id] = Reason(.cutOff, "\"\(name)\" says that it is not done")
    }
  }

  /// The values that an attempt left; none if it was cut off while it wrote them.
  private func published(by attempt: Attempt) -> [Value.Entry] {
    let files = AttemptFiles(site.state, run: attempt.run, attempt: attempt.id)
    let bytes = (try? PrivateFile.read(files.output, limit: PublishedValues.limit)) ?? nil
    return bytes.flatMap { try? PublishedValues.parse($0) } ?? []
  }

  private func needResults(of index: Int) -> [String: SHA256Digest] {
    var results: [String: SHA256Digest] = [:]
    for id in planned.needIDs(of: index) { results[id] = opening.position.checkpoints[id]?.result }
    return results
  }

  /// Moves what a cut-off attempt left of its outputs out of the way.
  private mutating func moveAside(_ index: Int, _ attempt: Attempt) throws {
    let node = planned.nodes[index]
    let folder = "\(site.state.partial)/\(attempt.id)"
    var moved = 0
    for path in try site.files.matches(node.step.outputs) where !PathIsOutside.check(path) {
      try PrivateFolder.make(folder)
      let target = "\(folder)/\(path.replacing("/", with: "%2F"))"
      if unsafe rename(site.absolute(path), target) == 0 { moved += 1 }
    }
    if moved > 0 { opening.notes.append("what \"\(node.id)\" had written is in \"\(folder)\"") }
  }

  // MARK: The run and the leg

  mutating func begin(_ loop: EventLoop) throws -> SupervisorParts {
    let digest = planned.digest
    let run: Run
    if let unfinished = opening.position.run {
      run = unfinished
      writes.append(.setRunState(run: run.id, .running, finishedAt: nil))
      if run.planDigest != digest || run.path != planned.plan.path {
        writes.append(.setRunPlan(run: run.id, digest, path: planned.plan.path))
      }
    } else {
      if let old = opening.latest, old.state.isUnfinished {
        writes.append(.setRunState(run: old.id, .abandoned, finishedAt: now))
        writes.append(.dropPendingState(run: old.id))
      }
      run = Run(
        id: try journal.nextRunID(), plan: planned.plan.key, path: planned.plan.path, state: .running, startedAt: now,
        params: planned.plan.parameters.map { Value.Entry($0.name.value, $0.value ?? .null) },
        profile: planned.plan.profile, planDigest: digest)
      writes.append(.beginRun(run))
    }
    let known = try journal.read { reader throws(JournalError) in try reader.planText(digest) != nil }
    if !known { writes.append(.planText(digest, json: planned.storedText(source: source))) }
    writes.append(.plan(key: planned.plan.key, path: planned.plan.path, title: planned.plan.title))
    let legID = try journal.nextLegID()
    let marks = try MarksFile(site.state, leg: legID)
    let leg = Leg(id: legID, run: run.id, pid: Int(getpid()), nonce: marks.nonce, startedAt: now)
    writes.append(.beginLeg(leg))
    writes.append(.liveOutputs(leg: legID, paths: planned.declaredOutputs))
    supersedeDropped(run)
    let begun = Event(
      .runStarted, at: now,
      payload: [
        .init("plan", .string(planned.plan.key)), .init("resumed", .bool(goesOn)),
        .init("plan_digest", .string(digest.hex)), .init("steps", .int(stepCount)),
      ])
    let events = [begun] + plannedEvents()
    for event in events { writes.append(.event(run: run.id, event)) }
    self.begun = zip(events, try journal.commit(writes)).map { ($0, $1) }
    let records = records()
    return SupervisorParts(
      planned: planned, site: site, options: options, journal: journal,
      verify: { [journal] () throws(JournalError) in try journal.verifyIdentity() }, journalUUID: journal.uuid,
      run: run,
      leg: leg, marks: marks, loop: loop, state: opening.state, runMembers: members(of: run), records: records,
      scheduleNodes: scheduleNodes(), done: done(), excluded: excluded(),
      delayed: Set(records.indices.filter { records[$0].dueAt != nil }), givesUp: givesUp)
  }

  /// The steps that the leg deals with, in the order of the plan: what is decided about each is told when it comes to it.
  private func plannedEvents() -> [Event] {
    let done = done()
    let ids = planned.nodes.indices.filter {
      !planned.nodes[$0].isBarrier && !done.contains($0) && !selection.excluded.contains($0)
    }.map { Value.string(planned.nodes[$0].id) }
    return stride(from: 0, to: ids.count, by: LegStart.plannedSteps).map { start in
      let some = ids[start..<min(start + LegStart.plannedSteps, ids.count)]
      return Event(.planned, at: now, payload: [.init("step_ids", .list(Array(some)))])
    }
  }

  /// How many steps one `planned` event names: a line that every reader of lines takes.
  private static let plannedSteps = 500

  /// Checkpoints that no longer count stop being evidence; those of `finally` belong to the leg that made them.
  private mutating func supersedeDropped(_ run: Run) {
    guard goesOn else { return }
    var steps = Set(opening.position.dropped.keys)
    for node in planned.nodes where node.isFinally { steps.insert(node.id) }
    if !steps.isEmpty { writes.append(.supersede(run: run.id, steps: steps.sorted())) }
    guard options.changed == .keep else { return }
    // The person says that the old result counts for the new definition.
    for (id, var checkpoint) in opening.position.checkpoints {
      guard let index = planned.graph.index(of: id) else { continue }
      let digest = planned.nodes[index].digest
      if checkpoint.fingerprint.definition != digest {
        checkpoint.fingerprint.definition = digest
        checkpoint.reason = "kept under a changed definition"
        opening.position.checkpoints[id] = checkpoint
        writes.append(.checkpoint(checkpoint))
      }
    }
  }

  private func members(of run: Run) -> [Reference.RunMember: Value] {
    [
      .id: .string(String(run.id)), .startedAt: .string(Timestamp.rfc3339(run.startedAt)),
      .date: .string(String(Timestamp.rfc3339(run.startedAt).prefix(10))), .resumed: .bool(goesOn),
      .state: .string("running"),
    ]
  }

  private var stepCount: Int { planned.nodes.count { !$0.isBarrier } }

  // MARK: Nodes

  private func records() -> [NodeRecord] {
    planned.nodes.indices.map { index in
      let node = planned.nodes[index]
      var record = NodeRecord()
      record.memory = opening.history[node.id] ?? StepMemory()
      let attempts = opening.attempts[node.id] ?? []
      record.attempts = attempts.map(\.number).max() ?? 0
      record.generation = generation(node.id, attempts)
      record.isForced = options.force || options.reruns(node.id)
      record.isSkippedByUser = selection.skipped.contains(index)
      record.isExcluded = selection.excluded.contains(index)
      if let checkpoint = opening.position.checkpoints[node.id] {
        if opening.position.stale.contains(node.id) {
          record.stale = checkpoint
        } else {
          record.checkpoint = checkpoint
          record.state = checkpoint.attempt == nil ? .skipped : .succeeded
          record.reason = checkpoint.reason
          record.ranInRun = checkpoint.attempt != nil
        }
      }
      if let last = attempts.last {
        record.memory.latestAttempt = last.state
        record.attempt = last
        record.lastEnd = last.state
        if record.checkpoint == nil { record.reason = last.reason }
        // What failed in a run that is given up has failed for good.
        if givesUp, record.checkpoint == nil, [.failed, .timedOut].contains(last.state) { record.state = .failed }
        restoreRetries(&record, attempts, node.step)
      }
      if opening.position.failedForGood.contains(node.id) { record.state = .failed }
      if case .ask? = opening.position.doubts[node.id] { record.state = .inDoubt }
      return record
    }
  }

  private func generation(_ id: String, _ attempts: [Attempt]) -> Int {
    let last = attempts.map(\.generation).max() ?? 0
    let succeeded = attempts.contains { $0.state == .succeeded }
    let isAskedFor = options.reruns(id) || opening.position.dropped[id]?.kind == .forced
    return isAskedFor && succeeded ? last + 1 : last
  }

  /// Retries that are left stay left, and a back-off is not begun anew; a clock that was set cannot prolong it.
  private func restoreRetries(_ record: inout NodeRecord, _ attempts: [Attempt], _ step: Step) {
    guard let last = attempts.last, record.checkpoint == nil else { return }
    record.mustVerifyFirst = last.reason?.hasPrefix("verify:") ?? false
    if !options.resetRetries {
      let failed = attempts.filter { $0.state == .failed || $0.state == .timedOut }
      // What failed with all its tries gets one more, without retries.
      record.failures = failed.count
      record.firstFailureAt = failed.first?.endedAt
    }
    if let due = last.retryAt, let delay = last.retryDelay, !options.resetRetries {
      let wait = min(max(due - now, 0), delay)
      if wait > 0 { record.dueAt = BootClock.now() + .milliseconds(Int(wait)) }
    }
  }

  private func scheduleNodes() -> [ScheduleNode] {
    let pools = Dictionary(
      planned.plan.pools.enumerated().map { ($1.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    return planned.nodes.indices.map { index in
      let node = planned.nodes[index]
      return ScheduleNode(
        needs: planned.graph.needs(of: index).count, dependents: planned.graph.dependents(of: index).map(\.to),
        pool: node.step.pool.flatMap { pools[$0.value] }, priority: node.step.priority, isBarrier: node.isBarrier,
        isFinally: node.isFinally, probes: node.step.probes, probesWithPrograms: node.step.probesWithPrograms)
    }
  }

  private func done() -> Set<Int> {
    Set(
      planned.nodes.indices.filter { index in
        opening.position.isDone(planned.nodes[index].id)
      })
  }

  private func excluded() -> [Int: SchedulerStatus] {
    var states: [Int: SchedulerStatus] = [:]
    for node in selection.excluded { states[node] = .blocked }
    for id in opening.position.failedForGood {
      if let index = planned.graph.index(of: id), states[index] == nil { states[index] = .failed }
    }
    for (id, doubt) in opening.position.doubts {
      if case .ask = doubt, let index = planned.graph.index(of: id) { states[index] = .refused }
    }
    for node in done() { states[node] = nil }
    return states
  }

  // MARK: For people

  func beginning(_ parts: SupervisorParts) -> RunBeginning {
    let real = planned.nodes.indices.filter { !planned.nodes[$0].isBarrier && !selection.excluded.contains($0) }
    let doneCount = real.count { parts.done.contains($0) }
    var message: String?
    if givesUp {
      message = "running the \"finally\" steps that run \(parts.run.id) still owes, before it is given up"
    } else if goesOn {
      message = "continuing run \(parts.run.id): \(doneCount) of \(real.count) done"
      let failed = opening.position.unfinished.filter { $0.value.kind == .failedBefore }.keys.sorted()
      if let first = failed.first { message? += ", failed at \(first)" }
      if options.mode == .plain { message? += " (--fresh starts over)" }
    }
    return RunBeginning(
      run: parts.run.id, isResumed: goesOn, message: message, stepCount: real.count, doneCount: doneCount,
      notes: opening.notes)
  }
}

/// Paths of outputs that are not below the project are never moved.
private enum PathIsOutside {
  static func check(_ path: String) -> Bool { path.hasPrefix("/") || path == ".." || path.hasPrefix("../") }
}
