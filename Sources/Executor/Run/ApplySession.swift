internal import Digest
internal import FaultPoints
internal import Journal
internal import PlanGraph
package import PlanModel
package import Planner
internal import SourceText

/// One invocation of `apply`: lock, look, decide, execute, record the end.
package struct ApplySession {
  package enum Outcome: Sendable {
    case finished(RunResult)
    /// Nothing was to be done.
    case nothing(String)
    case refused(Refusal)
  }

  package var planned: PlannedPlan
  package var site: ExecutionSite
  package var options: ExecutionOptions
  package var command: CommandWords
  /// The command line, for the lock's holder.
  package var arguments: [String]
  package var lockTimeout: Duration
  /// The text of the plan's file.
  package var source: String?
  /// Reads the plan of an earlier run again, from the text of its file.
  package var restore: (Run, _ source: String) -> PlannedPlan?
  /// The saved plan that is applied: its choices are those of the options.
  package var saved: SavedPlanUse?

  package init(
    planned: PlannedPlan, site: ExecutionSite, options: ExecutionOptions, command: CommandWords, arguments: [String],
    lockTimeout: Duration = .zero, source: String? = nil,
    restore: @escaping (Run, _ source: String) -> PlannedPlan? = { _, _ in nil }
  ) {
    self.planned = planned
    self.site = site
    self.options = options.naming(stepsOf: planned)
    self.command = command
    self.arguments = arguments
    self.lockTimeout = lockTimeout
    self.source = source
    self.restore = restore
  }

  private var key: String { planned.plan.key }

  /// - Throws: `JournalError` when the journal can't be used; `SystemError` when the system refuses.
  package func run(observer: any RunObserver) throws -> Outcome {
    // First of all, so that every thread inherits the mask.
    let invocation = try site.world.beginInvocation()
    // What the command line names wrongly is wrong in every state of the plan.
    if planned.templates.isEmpty, let refusal = misnamed { return .refused(refusal) }
    if let refusal = prepareSecrets() { return .refused(refusal) }
    // This may be the wrong folder: nothing is made in it.
    if options.mode == .resume, !site.world.hasJournal(site.state) {
      return .refused(.nothingToResume(key, in: site.state, command))
    }
    let access = PlanAccess(
      site: site, plan: key, command: command, arguments: arguments, lockTimeout: lockTimeout)
    return try access.hold(invocation, refused: Outcome.refused) { journal, lock, holder in
      try run(on: journal, lock, holder, invocation, observer)
    }
  }

  private func run(
    on journal: any JournalStore, _ lock: any HeldPlan, _ holder: LockHolder, _ invocation: any InvocationWorld,
    _ observer: any RunObserver
  ) throws -> Outcome {
    if let saved,
      let refusal = try journal.read({ reader throws(JournalError) in try saved.secondUse(reader) })
    {
      return .refused(refusal)
    }
    if let refusal = try overlap(planned.declaredOutputs, journal) { return .refused(refusal) }
    if let id = options.adoptRun, let refusal = try adopt(id, on: journal) { return .refused(refusal) }
    if planned.templates.isEmpty { return try proceed(on: journal, lock, holder, invocation, observer) }
    // Which items there are is in the record of the run that is gone on with, or of which a part is repeated.
    var session = self
    if options.mode != .fresh {
      let repeats = !options.rerunFrom.isEmpty
      session.planned = try journal.read { reader throws(JournalError) in
        try planned.finding(knownIn: reader, repeats: repeats)
      }
    }
    session.options = options.naming(stepsOf: session.planned)
    if let refusal = session.misnamed { return .refused(refusal) }
    session.saved?.planned = session.planned
    session.saved?.options = session.options
    return try session.proceed(on: journal, lock, holder, invocation, observer)
  }

  /// What the command line names and is not there.
  private var misnamed: Refusal? {
    guard case .failure(let refusal) = ChosenSteps.of(planned, options), refusal.exitCode == .usage else { return nil }
    return refusal
  }

  private func proceed(
    on journal: any JournalStore, _ lock: any HeldPlan, _ holder: LockHolder, _ invocation: any InvocationWorld,
    _ observer: any RunObserver
  ) throws -> Outcome {
    if let refusal = try settleOrphans(on: journal, invocation, observer) { return .refused(refusal) }
    try sendOwedNotices(on: journal, invocation, observer)
    var opening = try read(journal)
    if let run = opening.owesFinally {
      let outcome = try OwedFinally(session: self, run: run).execute(
        on: journal, lock, holder, invocation, observer)
      if let outcome { return outcome }
      opening = try read(journal)
    }
    switch opening.decision {
    case .refuse(let refusal):
      try recordDoubts(opening, journal)
      return .refused(refusal)
    case .nothing(let text): return .nothing(text)
    case .start, .goOn: break
    }
    switch LegSelection.of(
      planned: planned, opening: opening, options: options, site: site, command: command, runsPrograms: true)
    {
    case .failure(let refusal): return .refused(refusal)
    case .success(let selection):
      if let saved,
        let refusal = saved.refusal(
          try journal.read { reader throws(JournalError) in try saved.record(reader) })
      {
        return .refused(refusal)
      }
      let (standing, settled) = StandingConflicts.look(planned, opening, selection, options, site)
      if let refusal = standing.refusal(command, options) { return .refused(refusal) }
      let start = LegStart(
        planned: planned, site: site, options: options, journal: journal, opening: opening, selection: selection,
        source: source, saved: saved?.plan, settled: settled)
      return try execute(start, lock, holder, invocation, observer)
    }
  }

  private func read(_ journal: any JournalStore) throws -> Opening {
    try journal.read { reader throws(JournalError) in
      try Opening.read(
        reader, planned: planned, site: site, options: options, command: command, callsServers: true)
    }
  }

  /// Executes one leg.
  func execute(
    _ start: LegStart, _ lock: any HeldPlan, _ holder: LockHolder, _ invocation: any InvocationWorld,
    _ observer: any RunObserver
  ) throws -> Outcome {
    var start = start
    if let refusal = try start.settleDoubts() { return .refused(refusal) }
    let parts = try start.begin(invocation)
    var remainingTime: RemainingTime?
    if observer.wantsProgress, start.rollback == nil, !start.givesUp {
      let (executed, excluded, jobs) = (start.planned, start.selection.excluded, options.jobs)
      remainingTime = try start.journal.read { reader throws(JournalError) in
        try RemainingTime.read(executed, reader, excluded: excluded, jobs: jobs)
      }
    }
    var mine = holder
    mine.run = parts.run.id
    try lock.update(mine)
    let leg = parts.leg.id
    let beginning = start.beginning(parts)
    // The records are the supervisor's alone, so that it changes them in place.
    let supervisor = Supervisor(consume parts, remainingTime: remainingTime, observer: observer)
    observer.runBegan(beginning)
    for note in site.secrets.takeNotes() { observer.said(note) }
    for (event, sequence) in start.begun { observer.recorded(event, sequence: sequence) }
    try supervisor.execute()
    let result = try LegEnd(supervisor: supervisor, journal: start.journal).finish()
    for (event, sequence) in result.events { observer.recorded(event, sequence: sequence) }
    faultPoint(.beforeMarksRemoved)
    site.world.removeMarks(leg: leg, in: site.state)
    if !start.givesUp, let end = result.events.last {
      try NoticeRound(
        planned: planned, site: start.site, journal: start.journal,
        outcome: RunOutcome(result.result, plan: planned.plan.key, title: planned.plan.title), end: end.sequence
      ).send(invocation, observer: observer)
    }
    return .finished(result.result)
  }

  /// Doubts that a person must decide are kept, so that `status` and `resolve` see them.
  private func recordDoubts(_ opening: Opening, _ journal: any JournalStore) throws {
    var writes: [JournalWrite] = []
    for attempt in opening.unlaunched { writes.append(.release(attempt: attempt.id)) }
    for (step, var attempt) in opening.doubtful where attempt.state == .claimed {
      // What has a keeper is not in doubt.
      if case .reattach? = opening.position.doubts[step] { continue }
      attempt.state = .inDoubt
      attempt.reason = "execplan died while it ran"
      writes.append(.endAttempt(attempt))
    }
    if let run = opening.latest, run.state == .running {
      writes.append(.setRunState(run: run.id, .interrupted, finishedAt: nil))
    }
    if !writes.isEmpty { try journal.commit(writes) }
  }

  /// Two live runs of different plans may not write one path.
  ///
  /// - Parameter mine: what this one writes.
  func overlap(_ mine: [String], _ journal: any JournalStore) throws -> Refusal? {
    let live = try journal.read { reader throws(JournalError) in try reader.liveOutputs() }
    guard !live.isEmpty else { return nil }
    for output in live where output.plan != key {
      guard case .held = try site.world.planLock(output.plan, in: site.state) else { continue }
      let other = try? Glob(output.path)
      for path in mine where path == output.path || couldOverlap(path, other) {
        return Refusal(
          .locked, "\"\(output.plan)\" is being applied and writes \"\(output.path)\" too",
          details: ["this plan writes \"\(path)\""])
      }
    }
    return nil
  }

  private func couldOverlap(_ path: String, _ other: Glob?) -> Bool {
    guard let other, let mine = try? Glob(path) else { return false }
    return Glob.couldOverlap(mine, other)
  }
}

extension PlannedPlan {
  /// All paths that the plan declares to write.
  var declaredOutputs: [String] {
    var seen: Set<String> = []
    return nodes.flatMap { node in node.step.writtenPaths.filter { !node.isTemplate || !$0.isOpen } }
      .filter { !$0.isNegated }.map(\.text).filter {
        seen.insert($0).inserted
      }
  }
}
