internal import Journal
internal import PlanModel
internal import Planner

extension ApplySession {
  /// Sees to what dead legs of the plan left running. Nothing is decided before: a step that still runs is neither done
  /// nor in doubt.
  func settleOrphans(
    on journal: any JournalStore, _ invocation: any InvocationWorld, _ observer: any RunObserver
  ) throws -> Refusal? {
    var timeouts: [String: Duration] = [:]
    for node in planned.nodes { timeouts[node.id] = node.step.timeout }
    let settlement = OrphanSettlement(
      site: site, policy: options.orphans, grace: options.grace, words: command, base: baseCommand, timeouts: timeouts,
      invocation: { invocation }, say: observer.said)
    return try settlement.settle(of: planned.plan.key, on: journal)
  }

  /// This invocation as a person may give it again.
  private var baseCommand: String {
    switch options.mode {
    case .plain: "apply \(command.plan)"
    case .resume: command.resume()
    case .fresh: command.fresh + (options.skipFinally ? " --skip-finally" : "")
    }
  }
}
