internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText

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
    return try settlement.settle(of: planned.plan.key, on: journal, leaving: isReattached)
  }

  /// Whether the run goes on with the attempt instead of minding it.
  private func isReattached(_ orphan: Orphan) -> Bool {
    guard orphan.isKept, orphan.unseen == nil, orphan.attempt.state == .claimed, options.mode != .fresh,
      options.orphans != .kill, let index = planned.graph.index(of: orphan.attempt.step)
    else { return false }
    let node = planned.nodes[index]
    return node.step.onInterrupt == .reattach && orphan.attempt.fingerprint.definition == node.digest
      && !options.reruns(node.id)
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
