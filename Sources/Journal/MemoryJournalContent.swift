internal import Digest
internal import PlanModel

/// What a journal in memory holds: a value, so that a read sees one state.
struct MemoryJournalContent: Sendable {
  struct RunStep: Hashable {
    var run: Int64
    var step: String
  }

  struct Promotion: Hashable {
    var run: Int64
    var previous: PromotedValue.Previous
  }

  let journalID: String
  var runID: Int64 = 0
  var legID: Int64 = 0
  var attemptID: Int64 = 0

  var planRecords: [String: PlanRecord] = [:]
  var planTexts: [SHA256Digest: String] = [:]
  var runs: [Int64: Run] = [:]
  var legs: [Int64: Leg] = [:]
  var outputs: [Int64: Set<String>] = [:]
  var attempts: [Int64: Attempt] = [:]
  /// By the order in which they were made, from 0; superseded ones are nil.
  var checkpoints: [Int: Checkpoint] = [:]
  var checkpointCount = 0
  var current: [RunStep: Int] = [:]
  /// The last one of each step that has none any more.
  var former: [RunStep: Checkpoint] = [:]
  /// By plan, the number of the last checkpoint, from 1.
  var lastCheckpoints: [String: Int64] = [:]
  /// By their own ids.
  var appliedPlans: [String: AppliedPlan] = [:]
  /// By their ids.
  var approvals: [Int64: ApprovalRecord] = [:]
  var approvedParts: [Int64: [Value.Entry]] = [:]
  var state: [String: [String: Value]] = [:]
  /// By plan and key, the run that promoted a value, and what it took the place of.
  var promotions: [String: [String: Promotion]] = [:]
  var events: [NumberedEvent] = []

  /// How to take back what the present commit did, in the order of doing.
  private var undo: [@Sendable (inout MemoryJournalContent) -> Void] = []

  init(journalID: String) { self.journalID = journalID }

  mutating func next(_ counter: WritableKeyPath<MemoryJournalContent, Int64>) -> Int64 {
    self[keyPath: counter] += 1
    return self[keyPath: counter]
  }

  /// All writes or none.
  mutating func commit(_ writes: [JournalWrite]) throws(JournalError) -> [Int64] {
    let (count, made) = (events.count, checkpointCount)
    do throws(JournalError) {
      for write in writes { try apply(write) }
    } catch {
      for step in undo.reversed() { step(&self) }
      undo = []
      events.removeLast(events.count - count)
      checkpointCount = made
      throw error
    }
    undo = []
    return events[count...].map(\.sequence)
  }

  /// Changes one entry of a dictionary so that it can be taken back.
  private mutating func set<Key: Hashable & Sendable, Entry: Sendable>(
    _ table: any WritableKeyPath<MemoryJournalContent, [Key: Entry]> & Sendable, _ key: Key, _ entry: Entry?
  ) {
    let before = self[keyPath: table][key]
    self[keyPath: table][key] = entry
    undo.append { $0[keyPath: table][key] = before }
  }

  private mutating func apply(_ write: JournalWrite) throws(JournalError) {
    switch write {
    case .plan(let key, let path, let title):
      set(\.planRecords, key, PlanRecord(key: key, path: path, title: title ?? planRecords[key]?.title))
    case .planText(let digest, let json):
      if planTexts[digest] == nil { set(\.planTexts, digest, json) }
    case .beginRun(let run):
      guard runs[run.id] == nil else { throw .invalid("there is a run \(run.id) already") }
      set(\.planRecords, run.plan, PlanRecord(key: run.plan, path: run.path, title: planRecords[run.plan]?.title))
      set(\.runs, run.id, run)
    case .beginLeg(let leg):
      try begin(leg)
    case .liveOutputs(let leg, let paths):
      guard legs[leg] != nil || paths.isEmpty else { throw .invalid("there is no leg \(leg)") }
      set(\.outputs, leg, (outputs[leg] ?? []).union(paths))
    case .useSavedPlan(let applied):
      guard appliedPlans[applied.id] == nil else { throw .invalid("the saved plan was applied before") }
      set(\.appliedPlans, applied.id, applied)
    case .approve(var record, let parts, let joins):
      guard planRecords[record.plan] != nil else { throw .invalid("there is no plan \"\(record.plan)\"") }
      record.id = Int64(approvals.count + 1)
      if joins, !record.isStanding {
        record.run = latestRun(plan: record.plan).flatMap { $0.state.isUnfinished ? $0.id : nil }
      }
      set(\.approvals, record.id, record)
      set(\.approvedParts, record.id, parts)
    case .takeApprovals(let run):
      for var record in approvals.values where record.run == nil && !record.isStanding && record.plan == runs[run]?.plan
      {
        record.run = run
        set(\.approvals, record.id, record)
      }
    case .expireApproval(let id, let at):
      guard var record = approvals[id], record.expiredAt == nil else { return }
      record.expiredAt = at
      set(\.approvals, id, record)
    case .claim(let attempt):
      guard runs[attempt.run] != nil, legs[attempt.leg] != nil, attempts[attempt.id] == nil else {
        throw .invalid("attempt \(attempt.id) cannot be claimed")
      }
      set(\.attempts, attempt.id, attempt)
    case .launched(let id, let pid, let at):
      var attempt = try known(id)
      attempt.pid = pid
      attempt.startedAt = at
      set(\.attempts, id, attempt)
    case .endAttempt(let ended):
      // What a claim fixed stays as it was claimed.
      let claimed = try known(ended.id)
      var attempt = ended
      attempt.run = claimed.run
      attempt.leg = claimed.leg
      attempt.step = claimed.step
      attempt.number = claimed.number
      attempt.generation = claimed.generation
      attempt.claimedAt = claimed.claimedAt
      attempt.bootID = claimed.bootID
      set(\.attempts, ended.id, attempt)
    case .release(let id):
      var attempt = try known(id)
      guard attempt.state == .claimed else { throw .invalid("there is no open attempt \(id)") }
      attempt.state = .released
      set(\.attempts, id, attempt)
    case .checkpoint(let checkpoint):
      try add(checkpoint)
    case .supersede(let run, let steps):
      for step in steps { supersede(RunStep(run: run, step: step)) }
    case .event(let run, let event):
      guard runs[run] != nil else { throw .invalid("there is no run \(run)") }
      events.append(NumberedEvent(sequence: Int64(events.count + 1), run: run, event: event))
    case .setRunState(let id, let state, let finishedAt):
      guard var run = runs[id] else { throw .invalid("there is no run \(id)") }
      run.state = state
      run.finishedAt = finishedAt
      set(\.runs, id, run)
    case .setRunPlan(let id, let digest, let path):
      guard var run = runs[id] else { throw .invalid("there is no run \(id)") }
      run.planDigest = digest
      run.path = path
      set(\.runs, id, run)
    case .settleConflicts(let id, let conflicts):
      guard var run = runs[id] else { throw .invalid("there is no run \(id)") }
      run.conflicts = conflicts
      set(\.runs, id, run)
    case .adoptPlan(let id, let key, let path):
      guard let old = runs[id]?.plan else { throw .invalid("there is no run \(id)") }
      guard old == key || !runs.values.contains(where: { $0.plan == key }) else {
        throw .invalid("there are runs of \"\(key)\" already")
      }
      for var run in runs.values where run.plan == old {
        run.plan = key
        set(\.runs, run.id, run)
      }
      let (title, values) = (planRecords[old]?.title, state[old])
      set(\.planRecords, old, nil)
      set(\.planRecords, key, PlanRecord(key: key, path: path, title: title))
      for var record in approvals.values where record.plan == old {
        record.plan = key
        set(\.approvals, record.id, record)
      }
      let promoted = promotions[old]
      set(\.state, old, nil)
      set(\.state, key, values)
      set(\.promotions, old, nil)
      set(\.promotions, key, promoted)
      let last = lastCheckpoints[old]
      set(\.lastCheckpoints, old, nil)
      set(\.lastCheckpoints, key, last)
    case .endLeg(let id, let exitCode, let at):
      guard var leg = legs[id] else { throw .invalid("there is no leg \(id)") }
      leg.endedAt = at
      leg.exitCode = exitCode
      set(\.legs, id, leg)
      set(\.outputs, id, nil)
    case .promoteState(let plan, let run, let entries):
      guard entries.isEmpty || planRecords[plan] != nil && runs[run] != nil else {
        throw .invalid("there is no plan \"\(plan)\" or no run \(run)")
      }
      promote(entries, of: run, plan)
    case .restoreState(let run):
      restoreState(run)
    case .dropPendingState(let run):
      for (key, index) in current where key.run == run {
        guard var checkpoint = checkpoints[index] else { continue }
        checkpoint.pendingState = []
        set(\.checkpoints, index, checkpoint)
      }
    }
  }

  private mutating func promote(_ entries: [Value.Entry], of run: Int64, _ plan: String) {
    var values = state[plan] ?? [:]
    var promoted = promotions[plan] ?? [:]
    for entry in entries {
      let earlier = promoted[entry.key]
      if earlier?.run != run || earlier?.previous == .unknown {
        promoted[entry.key] = Promotion(
          run: run,
          previous: earlier.flatMap { earlier in values[entry.key].map { .value($0, run: earlier.run) } } ?? .nothing)
      }
      values[entry.key] = entry.value
    }
    set(\.state, plan, values)
    set(\.promotions, plan, promoted)
  }

  private mutating func restoreState(_ run: Int64) {
    guard let plan = runs[run]?.plan, var values = state[plan], var promoted = promotions[plan] else { return }
    for (key, promotion) in promoted where promotion.run == run {
      switch promotion.previous {
      case .unknown: continue
      case .nothing:
        values[key] = nil
        promoted[key] = nil
      case .value(let value, let earlier):
        values[key] = value
        promoted[key] = Promotion(run: runs[earlier] == nil ? run : earlier, previous: .unknown)
      }
    }
    set(\.state, plan, values)
    set(\.promotions, plan, promoted)
  }

  private func known(_ id: Int64) throws(JournalError) -> Attempt {
    guard let attempt = attempts[id] else { throw .invalid("there is no attempt \(id)") }
    return attempt
  }

  private mutating func begin(_ leg: Leg) throws(JournalError) {
    guard let run = runs[leg.run], legs[leg.id] == nil else { throw .invalid("leg \(leg.id) cannot begin") }
    for other in outputs.keys {
      guard let otherLeg = legs[other], runs[otherLeg.run]?.plan == run.plan else { continue }
      set(\.outputs, other, nil)
    }
    set(\.legs, leg.id, leg)
  }

  private mutating func add(_ checkpoint: Checkpoint) throws(JournalError) {
    let fits = checkpoint.attempt.map { id in
      attempts[id].map { $0.run == checkpoint.run && $0.step == checkpoint.step } ?? false
    }
    guard runs[checkpoint.run] != nil, fits ?? true else {
      throw .invalid("the checkpoint of \"\(checkpoint.step)\" has no run or no attempt")
    }
    let key = RunStep(run: checkpoint.run, step: checkpoint.step)
    supersede(key)
    set(\.former, key, nil)
    set(\.checkpoints, checkpointCount, checkpoint)
    set(\.current, key, checkpointCount)
    checkpointCount += 1
    if let plan = runs[checkpoint.run]?.plan { set(\.lastCheckpoints, plan, Int64(checkpointCount)) }
  }

  private mutating func supersede(_ key: RunStep) {
    guard let index = current[key] else { return }
    set(\.former, key, checkpoints[index])
    set(\.checkpoints, index, nil)
    set(\.current, key, nil)
  }
}
