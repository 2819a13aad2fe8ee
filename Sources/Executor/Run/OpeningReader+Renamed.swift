internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner

extension OpeningReader {
  /// A plan without a record, when the file of an unfinished run is gone and this plan has half of its steps: it was
  /// most likely renamed, and a new run would do all again.
  func renamed() throws(JournalError) -> Refusal? {
    guard opening.latest == nil, options.mode != .fresh else { return nil }
    for run in try journal.unfinishedRuns().reversed() {
      guard run.plan != planned.plan.key, (try? site.files.status(run.path)) == .some(nil) else { continue }
      let ids = try RunLayout.of(run, journal).order
      let common = ids.count { planned.graph.index(of: $0) != nil }
      guard common > 0, common * 2 >= ids.count else { continue }
      return Refusal(
        .refused, "this looks like \"\(run.path)\", which is gone: run \(run.id) of it is unfinished",
        details: ["\(common) of its \(ids.count) steps are in this plan"],
        nextCommands: [command.adopt(run.id), command.fresh])
    }
    return nil
  }
}

extension ApplySession {
  /// Makes an unfinished run of a plan whose file is gone a run of this plan, with all that is recorded of that plan.
  func adopt(_ id: Int64, on journal: any JournalStore) throws -> Refusal? {
    let (run, own) = try journal.read { reader throws(JournalError) in
      (try reader.run(id), try reader.latestRun(plan: planned.plan.key))
    }
    guard let run, run.state.isUnfinished else {
      return Refusal(.usage, "there is no unfinished run \(id)", nextCommands: ["runs"])
    }
    if run.plan == planned.plan.key { return nil }
    if let own {
      return Refusal(.refused, "this plan has runs of its own, the last is run \(own.id)", nextCommands: ["runs"])
    }
    guard try site.files.status(run.path) == nil else {
      return Refusal(
        .refused, "run \(id) belongs to \"\(run.path)\", which is still there", nextCommands: [command.fresh])
    }
    if case .held = try site.world.planLock(run.plan, in: site.state) {
      return Refusal(.locked, "another process is applying run \(id)", nextCommands: ["runs"])
    }
    try journal.commit([.adoptPlan(run: id, key: planned.plan.key, path: planned.plan.path)])
    return nil
  }
}
