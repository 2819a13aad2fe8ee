internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Records how a leg ended, and what that makes of the run.
struct LegEnd {
  let supervisor: Supervisor
  let journal: any JournalStore
  /// What each node came to, without regard to what holds it.
  private let standing: [StepState]
  private let holders: [Int?]

  init(supervisor: Supervisor, journal: any JournalStore) {
    self.supervisor = supervisor
    self.journal = journal
    if !supervisor.planned.expanded.isEmpty { supervisor.planned.settleOrder() }
    let planned = supervisor.planned
    let standing = planned.nodes.indices.map {
      LegEnd.standing(supervisor.scheduler.status[$0], supervisor.records[$0])
    }
    self.standing = standing
    let status = supervisor.scheduler.status
    holders = Blocking.holders(
      dependents: planned.nodes.indices.map { Array(planned.graph.held(by: $0)) }
    ) { node in
      let record = supervisor.records[node]
      if record.refusal != nil { return true }
      return standing[node].holdsDependents && status[node] != .done && record.stale == nil
    } isOpen: { node in
      standing[node] == .pending
    }
  }

  struct Finished {
    var result: RunResult
    var events: [(event: Event, sequence: Int64)]
  }

  private var nodes: [PlannedNode] { supervisor.planned.nodes }
  private var status: [SchedulerStatus] { supervisor.scheduler.status }

  func finish() throws -> Finished {
    try journal.verifyIdentity()
    let now = supervisor.site.world.wallNow()
    let exitCode = self.exitCode
    let state = runState(exitCode)
    var writes: [JournalWrite] = [
      .setRunState(run: supervisor.run.id, state, finishedAt: state == .waiting ? nil : now)
    ]
    if let rollback = supervisor.rollback { writes += taken(rollback, state) }
    if state == .abandoned { writes.append(.dropPendingState(run: supervisor.run.id)) }
    if state == .succeeded {
      writes.append(.promoteState(plan: supervisor.run.plan, run: supervisor.run.id, pendingState()))
    }
    let result = RunResult(
      run: supervisor.run.id, state: state, exitCode: exitCode, steps: steps(),
      duration: (supervisor.site.world.bootNow() - supervisor.startedAt).wholeMilliseconds,
      jobs: supervisor.options.jobs)
    var event = Event(
      .runFinished, at: now,
      payload: [
        .init("state", .string(state.rawValue)), .init("exit_code", .int(Int(exitCode.rawValue))),
        .init("succeeded", .int(result.count(.succeeded))), .init("skipped", .int(result.count(.skipped))),
        .init("failed", .int(result.count(.failed))), .init("blocked", .int(result.count(.blocked))),
        .init("duration_ms", .int(result.duration)),
      ])
    // Those are sent after this is recorded; the next leg sees by it what is missing.
    if let due = supervisor.givesUp ? nil : supervisor.planned.plan.notices.due(in: state) {
      event.payload.append(.init("notices", .int(due.notices.count)))
    }
    writes.append(.event(run: supervisor.run.id, event))
    writes.append(.endLeg(leg: supervisor.leg.id, exitCode: Int(exitCode.rawValue), at: now))
    let sequences = try journal.commit(writes)
    return Finished(result: result, events: zip([event], sequences).map { ($0, $1) })
  }

  /// What else is taken back, with the folders that nothing is in any more.
  private func taken(_ rollback: RollbackLeg, _ state: RunState) -> [JournalWrite] {
    // They are done in the order of their turns.
    let done = nodes.indices.count { status[$0] == .done }
    FileWriter(site: supervisor.site, attempt: 0).removeFolders(rollback.folders.upTo(done - 1))
    guard state == .rolledBack || state == .partial else { return [] }
    if state == .rolledBack { return [.dropPendingState(run: supervisor.run.id)] }
    return rollback.skipped.isEmpty ? [] : [.supersede(run: supervisor.run.id, steps: rollback.skipped)]
  }

  /// The first that applies: signal, doubt, failure, gate, waiting, success.
  private var exitCode: ExitCode {
    if let signal = supervisor.signal {
      switch signal {
      case 1: return .hangup
      case 2: return .interrupted
      default: return .terminated
      }
    }
    if status.contains(.inDoubt) || status.contains(.refused) { return .refused }
    let failed = status.indices.filter { status[$0] == .failed }
    if failed.contains(where: { supervisor.records[$0].question?.isRejected ?? false }) { return .refused }
    if !failed.isEmpty || supervisor.isPastDeadline {
      // A failed gate or check is a finding about the data, not a breakdown.
      let areGates =
        !failed.isEmpty
        && failed.allSatisfy { index in
          if nodes[index].isFinally || nodes[index].step.takesBack != nil { return false }
          if case .check = nodes[index].step.action { return true }
          return nodes[index].step.isGate
        }
      return areGates && !supervisor.isPastDeadline ? .gateFailed : .failure
    }
    if status.contains(.waiting) { return .waiting }
    if status.indices.contains(where: { status[$0] == .cancelled && !supervisor.planned.graph.nodes[$0].isFinally }) {
      return .failure
    }
    return .success
  }

  private func runState(_ code: ExitCode) -> RunState {
    switch code {
    case .hangup, .interrupted, .terminated: .interrupted
    case .waiting: .waiting
    case .success where supervisor.rollback != nil:
      supervisor.rollback?.goal == .everything ? .rolledBack : .partial
    case .success: supervisor.givesUp ? .abandoned : hasLeftOut ? .partial : .succeeded
    default: .failed
    }
  }

  /// Whether steps of the main part were not selected and are not done.
  private var hasLeftOut: Bool {
    nodes.indices.contains {
      supervisor.records[$0].isExcluded && !nodes[$0].isFinally && !nodes[$0].isBarrier && status[$0] != .done
    }
  }

  /// What the steps of the run have to say about the plan's state, later steps last.
  private func pendingState() -> [Value.Entry] {
    var entries: [Value.Entry] = []
    for node in supervisor.planned.order {
      guard let checkpoint = supervisor.records[node].checkpoint, checkpoint.carriedFrom == nil else { continue }
      for entry in checkpoint.pendingState {
        entries.removeAll { $0.key == entry.key }
        entries.append(entry)
      }
    }
    return entries
  }

  private func steps() -> [RunResult.StepResult] {
    supervisor.planned.shownNodes.filter { !nodes[$0].isBarrier && !supervisor.records[$0].isGone }.map { index in
      let record = supervisor.records[index]
      return RunResult.StepResult(
        id: nodes[index].id, isGate: nodes[index].isGate, state: state(of: index), reason: reason(of: index),
        blockedBy: holders[index].map { nodes[$0].id }, attempts: record.attempts, exitCode: record.attempt?.exitCode,
        duration: record.duration,
        stdoutPath: record.files?.stdout, stderrPath: record.files?.stderr,
        isAllowed: record.checkpoint?.outcome == .allowedFailure, isSelected: !record.isExcluded,
        checks: record.checks, awaited: record.awaited, refusal: record.refusal,
        isInConflict: record.judgement?.decision.decision == .conflict)
    }
  }

  private func state(of index: Int) -> StepState {
    holders[index] == nil ? standing[index] : .blocked
  }

  private func reason(of index: Int) -> String? {
    switch state(of: index) {
    case .blocked: holders[index].map { "blocked by \"\(nodes[$0].id)\"" } ?? supervisor.records[index].refusal
    case .pending: nil
    default: supervisor.records[index].reason
    }
  }

  private static func standing(_ status: SchedulerStatus, _ record: NodeRecord) -> StepState {
    switch status {
    case .done: return record.checkpoint.map { StepState($0.outcome) } ?? .succeeded
    case .failed: return .failed
    case .waiting: return .waiting
    case .refused where record.refusal != nil: return .blocked
    case .refused, .inDoubt: return .inDoubt
    case .idle, .ready, .preparing, .claiming, .claimed, .running, .retryWaiting, .blocked, .cancelled:
      // This leg did not come to it, or cut it off: what is recorded of it stands.
      if let stale = record.stale { return StepState(stale.outcome) }
      return record.lastEnd.map { StepState($0) } ?? .pending
    }
  }
}
