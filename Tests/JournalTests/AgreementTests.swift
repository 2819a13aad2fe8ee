import Digest
import Journal
import PlanModel
import TestSupport
import Testing

/// Everything that can be read, in one comparable value.
private struct Contents: Equatable {
  var plans: [PlanRecord] = []
  var texts: [String?] = []
  var runs: [RunSummary] = []
  var unfinished: [Run] = []
  var latest: [Run?] = []
  var legs: [[Leg]] = []
  var attempts: [[Attempt]] = []
  var open: [[OpenAttempt]] = []
  var checkpoints: [[String: Checkpoint]] = []
  var history: [[String: StepHistory]] = []
  var state: [[Value.Entry]] = []
  var promoted: [[PromotedValue]] = []
  var events: [NumberedEvent] = []
  var eventsOfRun: [NumberedEvent] = []
  var outputs: [LiveOutput] = []
  var positions: [PlanPosition] = []
  var applied: [AppliedPlan?] = []
  var approvals: [[ApprovalRecord]] = []
  var parts: [[Value.Entry]] = []

  init(_ store: any JournalStore) throws(JournalError) {
    self = try store.read { journal throws(JournalError) in try Contents(reading: journal) }
  }

  init(reading journal: any JournalReading) throws(JournalError) {
    plans = try journal.plans()
    texts = [try journal.planText(digest("x")), try journal.planText(digest("y"))]
    runs = try journal.runs(plan: nil, limit: 100)
    unfinished = try journal.unfinishedRuns()
    for key in ["p", "q", "none"] {
      latest.append(try journal.latestRun(plan: key))
      open.append(try journal.openAttempts(plan: key))
      history.append(try journal.history(plan: key))
      state.append(try journal.state(plan: key))
      positions.append(try journal.position(plan: key))
      for id: Int64 in [0, 2] { approvals.append(try journal.approvals(plan: key, after: id)) }
    }
    for run in Int64(0)...8 {
      legs.append(try journal.legs(run: run))
      attempts.append(try journal.attempts(run: run))
      checkpoints.append(try journal.checkpoints(run: run))
      checkpoints.append(try journal.formerCheckpoints(run: run))
      promoted.append(try journal.promotedState(run: run))
    }
    events = try journal.events(run: nil, after: 3, limit: 1000)
    eventsOfRun = try journal.events(run: 1, after: 0, limit: 5)
    outputs = try journal.liveOutputs()
    for id in Int64(0)...4 { parts.append(try journal.approvedParts(id)) }
    for id in ["s1", "s2", "s3", "s4"] { applied.append(try journal.appliedPlan(id)) }
  }
}

/// Writes that are mostly sound, and now and then refer to what is not there.
private func randomWrite(_ random: inout SeededGenerator) -> JournalWrite {
  let run = Int64.random(in: 1...4, using: &random)
  let leg = Int64.random(in: 1...5, using: &random)
  let id = Int64.random(in: 1...35, using: &random)
  let step = ["a", "b", "c", "d"].randomElement(using: &random) ?? "a"
  let plan = Bool.random(using: &random) ? "p" : "q"
  switch Int.random(in: 0..<20, using: &random) {
  case 0: return .plan(key: plan, path: "moved/\(id)", title: Bool.random(using: &random) ? "T\(id)" : nil)
  case 1: return .planText(digest(plan == "p" ? "x" : "y"), json: "{\"n\":\(id)}")
  case 2:
    return .beginRun(
      sampleRun(run + 4, plan: plan, state: RunState.allCases.randomElement(using: &random) ?? .running))
  case 3:
    var begun = sampleLeg(leg + 4, run: run)
    if id.isMultiple(of: 3) {
      begun.source = digest("source")
      begun.rollback = id.isMultiple(of: 2) ? .everything : .after(step)
    }
    return .beginLeg(begun)
  case 4: return .liveOutputs(leg: leg, paths: ["o/\(id)", "o/*", "o/*"])
  case 5, 6, 7:
    let fresh = id + Int64.random(in: 30...900, using: &random)
    return .claim(sampleAttempt(fresh, run: run, leg: leg, step: step, number: Int(id)))
  case 8: return .launched(attempt: id, pid: 7, at: 99)
  case 9, 10:
    var attempt = sampleAttempt(id, run: run, leg: leg, step: step)
    attempt.state = Attempt.State.allCases.randomElement(using: &random) ?? .failed
    attempt.fingerprint.outputs = digest("o")
    attempt.exitCode = 3
    attempt.reason = "exit 3"
    attempt.retryAt = 12
    attempt.retryDelay = 5
    if id.isMultiple(of: 2) { attempt.usage = AttemptUsage(userTime: id, systemTime: 3, peakMemory: nil, readBytes: 7) }
    return .endAttempt(attempt)
  case 11 where id.isMultiple(of: 3): return .useSavedPlan(AppliedPlan(id: "s\(run)", run: run, leg: leg, at: id))
  case 11: return .release(attempt: id)
  case 12, 13:
    let outcome = Checkpoint.Outcome.allCases.randomElement(using: &random) ?? .succeeded
    return .checkpoint(
      sampleCheckpoint(run: run, step: step, attempt: Bool.random(using: &random) ? id : nil, outcome: outcome))
  case 14:
    return Bool.random(using: &random)
      ? .supersede(run: run, steps: [step, "missing"]) : .setRunPlan(run: run, digest("p\(id)"), path: "moved.yaml")
  case 15 where Int.random(in: 0..<8, using: &random) == 0:
    return .adoptPlan(run: run, key: "renamed \(id)", path: "renamed.yaml")
  case 15:
    return .event(run: run, Event(.output, step: step, attempt: 1, at: id, payload: [Value.Entry("x", .double(1e20))]))
  case 18:
    var record = ApprovalRecord(
      plan: id == 1 ? "none" : plan, step: step, decision: id.isMultiple(of: 3) ? .rejected : .approved,
      digest: digest("s\(id)"), by: "ana", host: "h", at: id)
    record.note = id.isMultiple(of: 2) ? "why" : nil
    record.expiresAt = id.isMultiple(of: 4) ? id + 5 : nil
    record.isStanding = id.isMultiple(of: 5)
    return .approve(record, parts: [Value.Entry(step, .string("ab"))], joins: id.isMultiple(of: 2))
  case 17: return Bool.random(using: &random) ? .takeApprovals(run: run) : .expireApproval(id % 5, at: id)
  case 16:
    return Bool.random(using: &random)
      ? .setRunState(run: run, .failed, finishedAt: id) : .endLeg(leg: leg, exitCode: 1, at: id)
  default:
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return .dropPendingState(run: run)
    case 1: return .restoreState(run: run)
    case 2:
      return .settleConflicts(
        run: run, [SettledConflict(step: step, choice: .adopt, source: .prompt, detail: "x\(id)")])
    default: return .promoteState(plan: plan, run: run, [Value.Entry(step, .int(Int(id)))])
    }
  }
}

@Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64], [true, false])
func journalsOnDiskAndInMemoryAgree(seed: UInt64, sharesMemory: Bool) throws {
  let folder = try TemporaryFolder()
  defer { folder.remove() }
  var random = SeededGenerator(seed: seed)
  let disk = try Journal(
    StateDirectory(root: folder.path), lockTimeout: .seconds(30), migrations: Schema.migrations,
    sharesMemory: sharesMemory)
  #expect(disk.usesWriteAheadLog == sharesMemory)
  let memory = MemoryJournal()
  // Enough to refer to that most writes are sound.
  var first: [JournalWrite] = []
  for id in Int64(1)...4 {
    first += [.beginRun(sampleRun(id, plan: id % 2 == 0 ? "p" : "q")), .beginLeg(sampleLeg(id, run: id))]
  }
  for id in Int64(1)...30 {
    let step = ["a", "b", "c", "d"][Int(id) % 4]
    first.append(.claim(sampleAttempt(id, run: id % 4 + 1, leg: id % 4 + 1, step: step)))
  }
  #expect(try disk.commit(first) == memory.commit(first))
  var refusals = 0
  for round in 0..<150 {
    let writes = (0..<Int.random(in: 1...3, using: &random)).map { _ in randomWrite(&random) }
    let onDisk = Result { try disk.commit(writes) }
    let inMemory = Result { try memory.commit(writes) }
    switch (onDisk, inMemory) {
    case (.success(let one), .success(let other)): #expect(one == other, "seed \(seed), \(writes)")
    case (.failure, .failure): refusals += 1
    default: Issue.record("seed \(seed): \(onDisk) on disk, \(inMemory) in memory for \(writes)")
    }
    if round % 10 == 0 { #expect(try Contents(disk) == Contents(memory)) }
  }
  #expect(try Contents(disk) == Contents(memory))
  let reader = JournalReader(StateDirectory(root: folder.path))
  #expect(try reader.read { journal throws(JournalError) in try Contents(reading: journal) } == Contents(memory))
  try disk.close()
  #expect(try reader.read { journal throws(JournalError) in try Contents(reading: journal) } == Contents(memory))
  #expect(refusals > 10 && refusals < 100, "\(refusals)")
}
