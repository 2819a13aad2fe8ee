internal import Digest
package import Journal
package import PlanModel
package import Planner
internal import SourceText
internal import Subprocess

/// One invocation of `rollback`: lock, look, take back, record the end. It is a leg of the run like any other, over a
/// plan that is made of the undos of its steps.
package struct RollbackSession {
  package enum Outcome: Sendable {
    case finished(RunResult, RollbackOpening)
    case nothing(String)
    case refused(Refusal, RollbackOpening?)
  }

  package var site: ExecutionSite
  /// The plan's key.
  package var plan: String
  package var request: RollbackRequest
  /// What of the options of `apply` holds here: orphans and times.
  package var options: ExecutionOptions
  package var command: CommandWords
  package var arguments: [String]
  package var lockTimeout: Duration
  /// The plan as its file is now, if it can be read: used only for runs that kept no text.
  package var current: PlannedPlan?
  /// Reads the plan of an earlier run again, from the text of its file.
  package var restore: (Run, _ source: String) -> PlannedPlan?
  /// How a person agreed.
  package var agreement = ""
  /// The steps that the person was shown; nil: nobody was asked.
  package var agreed: [String]?

  package init(
    site: ExecutionSite, plan: String, request: RollbackRequest, options: ExecutionOptions, command: CommandWords,
    arguments: [String], lockTimeout: Duration = .zero, current: PlannedPlan? = nil,
    restore: @escaping (Run, _ source: String) -> PlannedPlan?
  ) {
    self.site = site
    self.plan = plan
    self.request = request
    self.options = options
    self.command = command
    self.arguments = arguments
    self.lockTimeout = lockTimeout
    self.current = current
    self.restore = restore
  }

  /// What a rollback would do now; nothing is changed.
  package func opening(_ journal: any JournalReading) throws(JournalError) -> RollbackOpening {
    guard let record = try RollbackRecord.read(plan, journal, site) else { return .noRun(plan, command) }
    let plans = try ExecutedPlans(record, journal, current: current, restore: restore)
    var reader = RollbackReader(record, plans, site: site, request: request, command: command)
    var opening = reader.read()
    if opening.entries.contains(where: { !$0.conflicts.isEmpty }) {
      // What is shown of files may hold the plan's secrets.
      let secrets = site(of: opening).secrets
      secrets.readAhead()
      opening.masked = { secrets.masker.masked($0) }
    }
    return opening
  }

  /// The place with what the run's plan says of secrets and of the environment.
  private func site(of opening: RollbackOpening) -> ExecutionSite {
    guard let plan = opening.planned?.plan else { return site }
    var site = self.site
    for variable in plan.dotenv.variables { site.environment[variable.name] = variable.value }
    return site.with(plan.secrets)
  }

  /// - Throws: `JournalError` when the journal can't be used; `SystemError` when the system refuses.
  package func run(observer: any RunObserver) throws -> Outcome {
    // First of all, so that every thread inherits the mask.
    let invocation = try site.world.beginInvocation()
    guard site.world.hasJournal(site.state) else { return .refused(.noRun(plan, command), nil) }
    let access = PlanAccess(
      site: site, plan: plan, command: command, arguments: arguments, lockTimeout: lockTimeout)
    func refused(_ refusal: Refusal) -> Outcome { .refused(refusal, nil) }
    return try access.hold(invocation, refused: refused) { journal, lock, holder in
      try run(on: journal, lock, holder, invocation, observer)
    }
  }

  private func run(
    on journal: any JournalStore, _ lock: any HeldPlan, _ holder: LockHolder, _ invocation: any InvocationWorld,
    _ observer: any RunObserver
  ) throws -> Outcome {
    let settlement = OrphanSettlement(
      site: site, policy: options.orphans, grace: options.grace, words: command,
      base: request.words(command), timeouts: [:],
      invocation: { invocation }, say: observer.said)
    if let refusal = try settlement.settle(of: plan, on: journal) { return .refused(refusal, nil) }
    var opening = try journal.read { reader throws(JournalError) in try self.opening(reader) }
    switch opening.decision {
    case .refuse(let refusal):
      try keepDoubts(opening, journal)
      return .refused(refusal, opening)
    case .nothing(let text): return .nothing(text)
    case .goOn: break
    }
    if let agreed, agreed != opening.entries.map(\.step) {
      return .refused(
        Refusal(
          .refused, "what is to be taken back has changed since you were asked",
          nextCommands: [request.words(command)]), opening)
    }
    guard let planned = opening.planned else { preconditionFailure("what may begin has a plan") }
    opening.leg.agreement = agreement
    let place = site(of: opening)
    var session = ApplySession(
      planned: planned, site: place, options: legOptions, command: command, arguments: arguments)
    session.lockTimeout = lockTimeout
    if let refusal = session.prepareSecrets() { return .refused(refusal, opening) }
    if let refusal = try session.overlap(planned.declaredOutputs + opening.leg.paths, journal) {
      return .refused(refusal, opening)
    }
    let start = LegStart(
      planned: planned, site: place, options: legOptions, journal: journal, opening: opening.opening,
      selection: LegSelection(excluded: [], skipped: []), source: nil, rollback: opening.leg)
    switch try session.execute(start, lock, holder, invocation, observer) {
    case .finished(let result): return .finished(result, opening)
    case .nothing(let text): return .nothing(text)
    case .refused(let refusal): return .refused(refusal, opening)
    }
  }

  /// One after another, and nothing is chosen among them.
  private var legOptions: ExecutionOptions {
    var options = ExecutionOptions()
    options.mode = .resume
    options.drain = self.options.drain
    options.grace = self.options.grace
    return options
  }

  /// Doubts that a person must decide are kept, so that `status` and `resolve` see them.
  private func keepDoubts(_ opening: RollbackOpening, _ journal: any JournalStore) throws {
    var writes: [JournalWrite] = opening.opening.unlaunched.map { .release(attempt: $0.id) }
    var open = opening.leg.open
    for (name, attempt) in opening.opening.doubtful { open[name] = attempt }
    for (_, var attempt) in open.sorted(by: { $0.value.id < $1.value.id }) where attempt.state == .claimed {
      attempt.state = .inDoubt
      attempt.reason = "execplan died while it ran"
      writes.append(.endAttempt(attempt))
    }
    if let run = opening.opening.latest, run.state == .running {
      writes.append(.setRunState(run: run.id, .interrupted, finishedAt: nil))
    }
    if !writes.isEmpty { try journal.commit(writes) }
  }
}

extension RollbackOpening {
  static func noRun(_ plan: String, _ command: CommandWords) -> RollbackOpening {
    RollbackOpening(decision: .refuse(.noRun(plan, command)))
  }
}

extension Refusal {
  static func noRun(_ plan: String, _ command: CommandWords) -> Refusal {
    Refusal(.refused, "there is no run of \"\(plan)\" to roll back", nextCommands: ["apply \(command.plan)"])
  }
}
