internal import Journal
internal import PlanModel
internal import Planner
internal import Subprocess

/// Runs the `finally` steps that a killed leg owes, as the plan that it executed had them, and gives its run up.
struct OwedFinally {
  let session: ApplySession
  let run: Run

  /// - Returns: nil when the run is given up and a new one may begin.
  func execute(
    on journal: any JournalStore, _ lock: any HeldPlan, _ holder: LockHolder, _ invocation: any InvocationWorld,
    _ observer: any RunObserver
  ) throws -> ApplySession.Outcome? {
    guard let planned = try plan(in: journal) else {
      return .refused(
        Refusal(
          .refused, "run \(run.id) was killed before its \"finally\" steps ran, and its plan can't be read any more",
          nextCommands: [session.command.resume(), session.command.fresh + " --skip-finally"]))
    }
    // The plan as it was may have had other secrets.
    let site = session.site.with(planned.plan.secrets)
    var options = session.options
    options.force = false
    options.rerun = []
    let opening = try journal.read { reader throws(JournalError) in
      try Opening.ofAbandoned(
        run, reader, planned: planned, site: site, options: options, command: session.command)
    }
    let main = Set(planned.nodes.indices.filter { !planned.nodes[$0].isFinally })
    let start = LegStart(
      planned: planned, site: site, options: options, journal: journal, opening: opening,
      selection: LegSelection(excluded: main, skipped: []), source: nil, givesUp: true)
    let outcome = try session.execute(start, lock, holder, invocation, observer)
    if case .finished(let result) = outcome, result.exitCode == .success { return nil }
    return outcome
  }

  /// The plan as the run was executed with it.
  private func plan(in journal: any JournalStore) throws -> PlannedPlan? {
    if let planned = try asExecuted(session.planned, journal) { return planned }
    let text = try journal.read { reader throws(JournalError) in try reader.planText(run.planDigest) }
    guard let text, case .string(let source)? = try? JSONReader.read(Array(text.utf8))["source"],
      let planned = session.restore(run, source)
    else { return nil }
    return try asExecuted(planned, journal)
  }

  /// A plan with the items that the run has found; nil if the run was executed with another one.
  private func asExecuted(_ planned: PlannedPlan, _ journal: any JournalStore) throws -> PlannedPlan? {
    guard planned.digest == run.planDigest else { return nil }
    return try journal.read { reader throws(JournalError) in try planned.finding(itemsOf: run, in: reader) }
  }
}
