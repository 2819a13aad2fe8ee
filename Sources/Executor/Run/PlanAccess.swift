internal import Journal
internal import PlanModel
internal import Subprocess

/// The journal of a plan, as long as nobody else executes the plan: for what executes it itself.
struct PlanAccess {
  let site: ExecutionSite
  /// The plan's key.
  let plan: String
  let command: CommandWords
  /// The command line, for the lock's holder.
  let arguments: [String]
  let lockTimeout: Duration

  /// Opens the journal, takes the locks, and lets go of all of them whatever the body does.
  ///
  /// - Parameter refused: what it means that the plan can't be had.
  /// - Throws: `JournalError` when the journal can't be used, and what the body throws.
  func hold<Outcome>(
    _ invocation: any InvocationWorld, refused: (Refusal) -> Outcome,
    _ body: (any JournalStore, any HeldPlan, LockHolder) throws -> Outcome
  ) throws -> Outcome {
    // Before the shared lock: a migration needs the exclusive one.
    let journal = try site.world.openJournal(site.state)
    guard let stateLock = try site.world.shareState(site.state, timeout: max(lockTimeout, .seconds(5))) else {
      try journal.close()
      return refused(Refusal(.locked, "the state directory \"\(site.state.path)\" is being maintained; try again"))
    }
    let holder = LockHolder(
      pid: site.world.pid, host: site.world.machine.host, since: site.world.wallNow(),
      command: arguments.map { site.secrets.masked($0) })
    let lock: any HeldPlan
    switch try acquire(holder, invocation) {
    case .acquired(let acquired): lock = acquired
    case .held(let holder):
      try journal.close()
      return refused(locked(by: holder))
    }
    defer {
      lock.release()
      withExtendedLifetime(stateLock) {}
    }
    let outcome: Outcome
    do {
      outcome = try body(journal, lock, holder)
    } catch {
      try? journal.close()
      throw error
    }
    try journal.close()
    return outcome
  }

  /// Waits for the plan's lock, but not for one that an ancestor holds, and not beyond a signal: those are blocked by
  /// now, and the event loop takes them only later.
  private func acquire(_ holder: LockHolder, _ invocation: any InvocationWorld) throws(JournalError) -> LockedPlan {
    let end = site.world.bootNow() + (isNested ? .zero : lockTimeout)
    while true {
      let rest = end - site.world.bootNow()
      let outcome = try site.world.lockPlan(
        plan, in: site.state, holder: holder, timeout: max(.zero, min(rest, .milliseconds(200))))
      if case .held = outcome, rest > .zero, !invocation.hasPendingSignal { continue }
      return outcome
    }
  }

  /// Whether this process was started by a step of a run.
  private var isNested: Bool { site.environment["EXECPLAN_RUN_ID"] != nil }

  private func locked(by holder: LockHolder?) -> Refusal {
    guard let holder else { return Refusal(.locked, "another process is applying this plan") }
    var details = ["process \(holder.pid) on \(holder.host), since \(Timestamp.rfc3339(holder.since))"]
    if !holder.command.isEmpty { details.append(holder.command.joined(separator: " ")) }
    if isNested, holder.run.map({ String($0) }) == site.environment["EXECPLAN_RUN_ID"] {
      details.append("this command was started by that run, so waiting for it would never end")
    }
    return Refusal(
      .locked, "process \(holder.pid) is applying this plan", details: details,
      nextCommands: ["status \(command.plan)"])
  }
}
