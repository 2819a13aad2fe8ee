internal import Digest
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
  let journal: any JournalStore
  var opening: Opening
  let selection: LegSelection
  /// The plan's source as the journal keeps it, so that `finally` steps can be run from there.
  let source: String?
  /// Whether only the `finally` steps are run that a killed leg owes, before the run is given up.
  let givesUp: Bool
  /// Set if the run is taken back.
  let rollback: RollbackLeg?
  /// The saved plan that is applied, which this leg uses up.
  let saved: SavedPlan?
  /// What is decided about what is there already.
  let settled: [SettledConflict]
  /// The events of the beginning, once they are recorded.
  private(set) var begun: [(event: Event, sequence: Int64)] = []
  var writes: [JournalWrite] = []
  /// What dead legs left under keepers and this one goes on with, by node.
  var takenOver: [Int: KeptAttempt] = [:]
  let now: Int64

  init(
    planned: PlannedPlan, site: ExecutionSite, options: ExecutionOptions, journal: any JournalStore, opening: Opening,
    selection: LegSelection, source: String?, givesUp: Bool = false, rollback: RollbackLeg? = nil,
    saved: SavedPlan? = nil, settled: [SettledConflict] = []
  ) {
    self.planned = planned
    self.site = site
    self.options = options
    self.journal = journal
    self.opening = opening
    self.selection = selection
    self.source = source
    self.givesUp = givesUp
    self.rollback = rollback
    self.saved = saved
    self.settled = settled
    now = site.world.wallNow()
  }

  var goesOn: Bool { opening.position.run != nil }

  // MARK: The run and the leg

  mutating func begin(_ invocation: any InvocationWorld) throws -> SupervisorParts {
    let digest = planned.digest
    let run: Run
    if let unfinished = opening.position.run {
      run = unfinished
      writes.append(.setRunState(run: run.id, .running, finishedAt: nil))
      if rollback?.restoresState == true { writes.append(.restoreState(run: run.id)) }
      if rollback == nil, run.planDigest != digest || run.path != planned.plan.path {
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
        profile: planned.plan.profile, planDigest: digest, rerunOf: opening.rerunOf)
      writes.append(.beginRun(run))
      writes.append(.takeApprovals(run: run.id))
    }
    let sourceDigest = source.map { SHA256.digest(of: $0) }
    if rollback == nil { try keepPlan(digest, sourceDigest) }
    let legID = try journal.nextLegID()
    let world = try invocation.openLeg(legID, in: site.state, journal: journal, jobs: options.jobs)
    let leg = Leg(
      id: legID, run: run.id, pid: site.world.pid, machine: site.world.machine, nonce: world.nonce, startedAt: now,
      source: sourceDigest, rollback: rollback?.goal)
    writes.append(.beginLeg(leg))
    if let saved { writes.append(.useSavedPlan(AppliedPlan(id: saved.id, run: run.id, leg: legID, at: now))) }
    writes.append(.liveOutputs(leg: legID, paths: planned.declaredOutputs + (rollback?.paths ?? [])))
    takeOver(by: run)
    supersedeDropped(run)
    keepConflicts(run)
    let events = [begunEvent(digest)] + plannedEvents() + conflictEvents() + takeoverEvents(leg)
    for event in events { writes.append(.event(run: run.id, event)) }
    self.begun = zip(events, try journal.commit(writes)).map { ($0, $1) }
    if !goesOn { try forgetOldUndoRecords() }
    let records = records()
    return SupervisorParts(
      planned: planned, site: site, options: options, journal: journal, run: run, leg: leg, world: world,
      state: opening.state, runMembers: members(of: run), records: records,
      scheduleNodes: scheduleNodes(), done: done(), excluded: excluded(),
      delayed: Set(records.indices.filter { records[$0].dueAt != nil }), givesUp: givesUp, takenOver: takenOver,
      rollback: rollback, begunCalls: begunCalls(), strays: strays(), recordOfFound: recordOfFound,
      promises: promises, conflicts: opening.conflictTerms(options, planned.plan, site))
  }

  /// What the saved plan says of each step.
  private var promises: [String: Decision]? {
    saved.map { saved in
      Dictionary(saved.steps.map { ($0.id, $0.decision) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// What the leg executes: definitions to compare with, and the text from which undos and `finally` are read.
  private mutating func keepPlan(_ digest: SHA256Digest, _ sourceDigest: SHA256Digest?) throws {
    if !(try isKnown(digest)) { writes.append(.planText(digest, json: planned.storedText(source: source))) }
    if let sourceDigest, let source, !(try isKnown(sourceDigest)) {
      writes.append(.planText(sourceDigest, json: JSONWriter.stored(.map([.init("source", .string(source))]))))
    }
    writes.append(.plan(key: planned.plan.key, path: planned.plan.path, title: planned.plan.title))
  }

  private func isKnown(_ text: SHA256Digest) throws -> Bool {
    try journal.read { reader throws(JournalError) in try reader.planText(text) != nil }
  }

  private func begunEvent(_ digest: SHA256Digest) -> Event {
    if let rollback {
      return Event(
        .rollback, at: now,
        payload: [
          .init("plan", .string(planned.plan.key)), .init("resumed", .bool(rollback.isContinued)),
          .init("to", rollback.goal.step.map(Value.string) ?? .null), .init("steps", .int(stepCount)),
          .init("agreed", .string(rollback.agreement)),
        ])
    }
    return Event(
      .runStarted, at: now,
      payload: [
        .init("plan", .string(planned.plan.key)), .init("resumed", .bool(goesOn)),
        .init("plan_digest", .string(digest.hex)), .init("steps", .int(stepCount)),
      ] + (saved.map { [.init("saved_plan", .string($0.id))] } ?? []))
  }

  /// What files were before the runs of long ago is of no use any more.
  private func forgetOldUndoRecords() throws {
    let store = UndoStore(site.state)
    let kept = store.runs
    guard kept.count >= UndoStore.keptRuns else { return }
    let key = planned.plan.key
    let old = try journal.read { reader throws(JournalError) in
      let latest = Set(try reader.runs(plan: key, limit: UndoStore.keptRuns).map(\.run.id))
      var old: [Int64] = []
      for run in kept where !latest.contains(run) {
        if try reader.run(run)?.plan == key { old.append(run) }
      }
      return old
    }
    for run in old { store.remove(run: run) }
  }

  /// The steps that the leg deals with, in the order of the plan: what is decided about each is told when it comes to it.
  private func plannedEvents() -> [Event] {
    let done = done()
    let ids = planned.shownNodes.filter {
      !planned.nodes[$0].isBarrier && !done.contains($0) && !selection.excluded.contains($0)
    }.map { Value.string(planned.nodes[$0].id) }
    return LegStart.planned(ids, at: now)
  }

  /// Events that tell of steps to come.
  static func planned(_ ids: [Value], at now: Int64) -> [Event] {
    stride(from: 0, to: ids.count, by: plannedSteps).map { start in
      let some = ids[start..<min(start + plannedSteps, ids.count)]
      return Event(.planned, at: now, payload: [.init("step_ids", .list(Array(some)))])
    }
  }

  /// How many steps one `planned` event names: a line that every reader of lines takes.
  private static let plannedSteps = 500

  /// Checkpoints that no longer count stop being evidence; those of `finally` belong to the leg that made them.
  private mutating func supersedeDropped(_ run: Run) {
    guard goesOn else { return }
    var steps = Set(opening.position.dropped.keys)
    for node in planned.nodes where node.isFinally && opening.position.checkpoints[node.id] == nil {
      steps.insert(node.id)
    }
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

  /// What is taken from a finished run is recorded in this one, so that it can be gone on with.
  private mutating func takeOver(by run: Run) {
    guard let former = opening.rerunOf else { return }
    for (id, var checkpoint) in opening.position.checkpoints.sorted(by: { $0.key < $1.key }) {
      guard let index = planned.graph.index(of: id) else { continue }
      checkpoint.carriedFrom = checkpoint.carriedFrom ?? checkpoint.run
      checkpoint.run = run.id
      checkpoint.attempt = nil
      checkpoint.pendingState = []
      checkpoint.fingerprint.definition = planned.nodes[index].digest
      checkpoint.reason = "taken from run \(former)"
      switch checkpoint.outcome {
      // It is the list of the items, and they are as they were.
      case .succeeded where planned.nodes[index].isTemplate: break
      case .succeeded, .attested, .guardHolds: checkpoint.outcome = .upToDate
      case .upToDate, .adopted, .allowedFailure, .conditionFalse, .noValue, .skippedByUser: break
      }
      opening.position.checkpoints[id] = checkpoint
      writes.append(.checkpoint(checkpoint))
    }
  }

  private func members(of run: Run) -> [Reference.RunMember: Value] {
    [
      .id: .string(String(run.id)), .startedAt: .string(Timestamp.rfc3339(run.startedAt)),
      .date: .string(String(Timestamp.rfc3339(run.startedAt).prefix(10))),
      .resumed: .bool(rollback?.isContinued ?? goesOn),
      .state: .string("running"),
    ]
  }

  private var stepCount: Int { planned.nodes.count { !$0.isBarrier } }

  // MARK: For people

  private var account: SelectionAccount? {
    guard case .success(let chosen) = ChosenSteps.of(planned, options) else { return nil }
    return SelectionAccount.of(planned, options, chosen, excluded: selection.excluded) { node in
      let id = planned.nodes[node].id
      if let checkpoint = opening.position.checkpoints[id] {
        return checkpoint.carriedFrom.map { "taken from run \($0)" } ?? "done in run \(checkpoint.run)"
      }
      return opening.position.dropped[id]?.text ?? "done already"
    }
  }

  func beginning(_ parts: SupervisorParts) -> RunBeginning {
    let real = planned.nodes.indices.filter { !planned.nodes[$0].isBarrier && !selection.excluded.contains($0) }
    let doneCount = real.count { parts.done.contains($0) }
    var message: String?
    if let rollback {
      let count = real.count == 1 ? "1 step" : "\(real.count) steps"
      message =
        rollback.isContinued
        ? "going on with the rollback of run \(parts.run.id): \(count) left"
        : "rolling back run \(parts.run.id): \(count)"
    } else if givesUp {
      message = "running the \"finally\" steps that run \(parts.run.id) still owes, before it is given up"
    } else if goesOn {
      message = "continuing run \(parts.run.id): \(doneCount) of \(real.count) done"
      let failed = opening.position.unfinished.filter {
        $0.value.kind == .failedBefore && planned.graph.index(of: $0.key) != nil
      }.keys.sorted()
      if let first = failed.first { message? += ", failed at \(first)" }
      if options.mode == .plain { message? += " (--fresh starts over)" }
    } else if let former = opening.rerunOf {
      message =
        "run \(parts.run.id) repeats a part of run \(former): \(doneCount) of \(real.count) steps are taken from it"
    }
    return RunBeginning(
      run: parts.run.id, isResumed: goesOn, message: message, stepCount: real.count, doneCount: doneCount,
      notes: opening.notes, selection: rollback == nil && !givesUp ? account : nil)
  }
}
