internal import Executor
internal import Journal
internal import PlanModel
internal import Planner
internal import Reporting
internal import Subprocess

/// Where a plan stands by what the journal says; the plan file itself is not read.
enum StatusReport {
  /// - Parameter run: nil: the latest.
  static func view(
    _ state: StateDirectory, plan key: String, run id: Int64?, command: CommandWords
  ) throws -> StatusView {
    try read(state, plan: key) { reader, isLocked throws(JournalError) in
      try view(reader, state, key, id, isLocked: isLocked, command)
    }
  }

  /// Reads what stands in the journal at one moment, and whether somebody executed the plan then.
  static func read<Answer>(
    _ state: StateDirectory, plan key: String,
    _ body: (any JournalReading, _ isLocked: Bool) throws(JournalError) -> Answer
  ) throws -> Answer {
    let isLocked: Bool
    if case .held = try PlanLock.status(state, plan: key) { isLocked = true } else { isLocked = false }
    return try JournalAccess.read(state) { reader throws(JournalError) in try body(reader, isLocked) }
  }

  static func view(
    _ reader: any JournalReading, _ state: StateDirectory, _ key: String, _ id: Int64?, isLocked: Bool,
    _ command: CommandWords
  ) throws(JournalError) -> StatusView {
    let found: Run?
    if let id { found = try reader.run(id) } else { found = try reader.latestRun(plan: key) }
    guard var run = found, run.plan == key else {
      return StatusView(plan: key, run: nil, nextCommand: "execplan apply \(command.plan)")
    }
    let isLatest = try reader.latestRun(plan: key)?.id == run.id
    let isLive = isLocked && isLatest && run.state == .running
    // A run whose process is gone is shown as interrupted; what is recorded is left as it is.
    if run.state == .running, !isLive { run.state = .interrupted }
    // What a dead leg left running is only looked for where nobody executes the plan.
    let orphans =
      isLocked || !isLatest
      ? [] : try OrphanRegister(state).orphans(of: key, reader).filter { $0.attempt.run == run.id }
    let conflicts = Dictionary(run.conflicts.map { ($0.step, $0) }, uniquingKeysWith: { _, last in last })
    let states = try RunStates.read(run, reader, state, isLive: isLive).map { step in
      let orphan = orphans.first { $0.attempt.step == step.id }
      var shown = StatusView.Step(
        id: step.id, state: step.state, attempts: step.attempts, exitCode: step.exitCode,
        durationMilliseconds: step.duration, usage: step.usage, reason: orphan.flatMap(reason) ?? step.reason,
        isAllowed: step.isAllowed)
      shown.blockedBy = step.blockedBy
      shown.conflict = conflicts[step.id]
      shown.prompt = step.prompt.map { PathName.shown($0) }
      shown.handoffs = step.handoffs.map { .init(receiver: $0.receiver, path: PathName.shown($0.path)) }
      return shown
    }
    let rollback = try reader.legs(run: run.id).last?.openRollback
    let asking = try waitsForApproval(run, states, reader)
    var view = StatusView(
      plan: key,
      run: .init(
        id: run.id, state: run.state, startedAt: run.startedAt, finishedAt: run.finishedAt, rerunOf: run.rerunOf),
      steps: states,
      nextCommand: isLatest ? next(run, states, orphans, rollback, asking, command) : nil
    )
    view.approvals = try ReportedApproval.all(of: run.id, plan: key, isLatest: isLatest, reader)
    return view
  }

  /// The first step that waits, if people are asked there.
  private static func waitsForApproval(
    _ run: Run, _ steps: [StatusView.Step], _ reader: any JournalReading
  ) throws(JournalError) -> String? {
    guard run.state == .waiting, let waiting = steps.first(where: { $0.state == .waiting }) else { return nil }
    return try RunLayout.of(run, reader).steps[waiting.id]?.action == "approve" ? waiting.id : nil
  }

  /// Nil where going on takes the result.
  private static func reason(_ orphan: Orphan) -> String? {
    if orphan.isKept { return nil }
    if orphan.unseen != nil { return "it may still run, where it can't be seen from here" }
    let time = PeopleText.duration(milliseconds: WallClock.now() - orphan.since)
    return "execplan died, but it still runs, for \(time): \(orphan.processText)"
  }

  private static func next(
    _ run: Run, _ steps: [StatusView.Step], _ orphans: [Orphan], _ rollback: RollbackGoal?, _ asking: String?,
    _ command: CommandWords
  ) -> String? {
    if rollback != nil, run.state == .running { return nil }
    if orphans.contains(where: { $0.unseen == nil && !$0.isKept }) {
      return "execplan \(rollback.map { command.rollback($0) } ?? command.resume()) --orphans wait|kill"
    }
    if let doubt = steps.first(where: { $0.state == .inDoubt }) {
      return "execplan resolve \(command.plan) \(CommandWords.word(doubt.id)) --as done|failed|rerun"
    }
    if let rollback, run.state.isUnfinished { return "execplan \(command.rollback(rollback))" }
    switch run.state {
    case .running, .succeeded, .rolledBack: return nil
    case .waiting:
      if let asking { return "execplan \(command.approve(asking)) --continue" }
      guard let waiting = steps.first(where: { $0.state == .waiting }) else { return "execplan \(command.resume())" }
      return "execplan checkpoint \(command.plan) \(CommandWords.word(waiting.id)) --continue"
    case .failed, .interrupted: return "execplan \(command.resume())"
    case .partial, .abandoned: return "execplan apply \(command.plan)"
    }
  }
}
