internal import Digest
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner

/// What is recorded of a run, as far as taking it back asks for it.
struct RollbackRecord {
  var run: Run
  /// In order; claims that were never launched are not among them.
  var attempts: [Attempt] = []
  var unlaunched: [Attempt] = []
  var checkpoints: [String: Checkpoint] = [:]
  /// Of steps that have none any more, because they were to run anew: what was done after them rests on those.
  var former: [String: Checkpoint] = [:]
  var legs: [Leg] = []
  /// The texts of the plan's file that legs executed.
  var sources: [SHA256Digest: String] = [:]
  var promoted: [PromotedValue] = []
  var state: [String: Value] = [:]

  /// - Returns: nil if the plan has no run.
  static func read(
    _ plan: String, _ reader: any JournalReading, _ site: ExecutionSite
  ) throws(JournalError) -> RollbackRecord? {
    guard let run = try reader.latestRun(plan: plan) else { return nil }
    var record = RollbackRecord(run: run)
    var marks = LaunchMarks(site.state, site.world)
    for open in try reader.openAttempts(plan: plan) where open.attempt.run == run.id {
      if marks.wasNeverLaunched(open) { record.unlaunched.append(open.attempt) }
    }
    let unlaunched = Set(record.unlaunched.map(\.id))
    record.attempts = try reader.attempts(run: run.id).filter { $0.state != .released && !unlaunched.contains($0.id) }
    record.checkpoints = try reader.checkpoints(run: run.id)
    record.former = try reader.formerCheckpoints(run: run.id)
    record.legs = try reader.legs(run: run.id)
    for digest in Set(record.legs.compactMap(\.source) + [run.planDigest]) {
      guard let text = try reader.planText(digest),
        case .string(let source)? = try? JSONReader.read(
          Array(text.utf8), from: .stored)["source"]
      else { continue }
      record.sources[digest] = source
    }
    record.promoted = try reader.promotedState(run: run.id)
    for entry in try reader.state(plan: plan) { record.state[entry.key] = entry.value }
    return record
  }

  /// The goal of a rollback that was cut off.
  var openRollback: RollbackGoal? { run.state.isUnfinished ? legs.last?.openRollback : nil }
}

/// The plans that a run was executed with, read again from the texts that their file had.
struct ExecutedPlans {
  private var byLeg: [Int64: PlannedPlan] = [:]
  /// Of the latest leg that did not take back.
  private(set) var latest: PlannedPlan?

  /// - Parameters:
  ///   - current: the plan as its file is now; it counts only where nothing of the run says otherwise.
  ///   - restore: reads the plan of an earlier run again.
  init(
    _ record: RollbackRecord, _ journal: any JournalReading, current: PlannedPlan?,
    restore: (Run, _ source: String) -> PlannedPlan?
  ) throws(JournalError) {
    var read: [SHA256Digest: PlannedPlan] = [:]
    for leg in record.legs where leg.rollback == nil {
      let digest = leg.source ?? record.run.planDigest
      if read[digest] == nil {
        var planned: PlannedPlan?
        if let source = record.sources[digest] {
          planned = restore(record.run, source)
        } else if let current, current.digest == record.run.planDigest {
          planned = current
        }
        read[digest] = try planned?.finding(itemsOf: record.run, in: journal)
      }
      byLeg[leg.id] = read[digest]
      latest = read[digest]
    }
  }

  /// The definition that an attempt carried out; nil if it can't be read any more.
  func definition(of attempt: Attempt) -> (node: PlannedNode, plan: Plan)? {
    guard let planned = byLeg[attempt.leg], let index = planned.graph.index(of: attempt.step) else { return nil }
    let node = planned.nodes[index]
    let digest = attempt.fingerprint.definition
    guard digest == node.digest || digest == Fingerprint.unknownDefinition else { return nil }
    return (node, planned.plan)
  }
}
