internal import PlanGraph
internal import PlanModel
internal import Planner

/// What has failed in called plans: what it leaves out where a call has `allow_failure`, and what their ends know of it.
struct CalledFailures {
  private let keepsGoing: Bool
  /// Called plans in which a step has failed.
  private var failed: Set<Int> = []
  /// By called plan whose failure is allowed, the step that failed first.
  private var ended: [Int: Int] = [:]
  /// Steps that failed so, or are left out since.
  private var gone: Set<Int> = []
  private var leftOut: Set<Int> = []
  /// By group, whether something in it failed or is left out.
  private var groups: [Int: Bool] = [:]

  /// - Parameter records: what earlier legs of the run have recorded.
  init(_ planned: PlannedPlan, _ records: [NodeRecord], keepsGoing: Bool) {
    self.keepsGoing = keepsGoing
    if planned.calledParts.isEmpty { return }
    for (node, record) in records.enumerated() {
      if record.state == .failed || record.checkpoint?.outcome == .allowedFailure { note(node, in: planned) }
    }
    for node in planned.order where records[node].checkpoint?.outcome == .noValue { _ = leavesOut(node, in: planned) }
  }

  /// A step has failed for good.
  ///
  /// - Returns: the steps that are left out by that, those that are done among them.
  @discardableResult mutating func note(_ node: Int, in planned: PlannedPlan) -> [Int] {
    let parts = planned.calledParts
    // What the step itself allows is no failure of its plan.
    if parts.isEmpty || planned.nodes[node].step.allowFailure { return [] }
    let closed = parts.closed(by: node)
    let allowing = parts.allowing(node)
    for part in (closed.map { [$0] } ?? []) + parts.around(node) {
      failed.insert(part)
      if part == allowing { break }
    }
    guard let allowing else { return [] }
    gone.insert(node)
    // A failure at the end of the plan comes too late to leave anything out.
    guard closed != allowing, ended[allowing] == nil else { return [] }
    ended[allowing] = node
    return keepsGoing ? [] : parts.all[allowing].main
  }

  /// For a step at the end of a called plan, whether something failed in that plan; nil for others.
  func hasFailed(for node: Int, in planned: PlannedPlan) -> Bool? {
    planned.calledParts.closed(by: node).map(failed.contains)
  }

  /// Why a step is not run although nothing holds it: its plan failed, and the call allows that. Nil: it is run.
  mutating func leavesOut(_ node: Int, in planned: PlannedPlan) -> String? {
    let parts = planned.calledParts
    guard !ended.isEmpty, let part = parts.around(node).first(where: { ended[$0] != nil }), let first = ended[part]
    else { return nil }
    if let closed = parts.closed(by: node) {
      // What was begun is ended; of what was left out nothing was begun.
      let isBegun = parts.all[closed].main.contains { !leftOut.contains($0) && !planned.nodes[$0].isBarrier }
      return isBegun ? nil : leave(node, first, planned)
    }
    return !keepsGoing || restsOnGone(node, planned) ? leave(node, first, planned) : nil
  }

  private mutating func leave(_ node: Int, _ first: Int, _ planned: PlannedPlan) -> String {
    gone.insert(node)
    leftOut.insert(node)
    return "not run, as \"\(planned.nodes[first].id)\" failed and the call allows that"
  }

  private mutating func restsOnGone(_ node: Int, _ planned: PlannedPlan) -> Bool {
    for need in planned.graph.holders(of: node) {
      if gone.contains(need) { return true }
      guard planned.nodes[need].isBarrier else { continue }
      if groups[need] == nil { groups[need] = restsOnGone(need, planned) }
      if groups[need] == true { return true }
    }
    return false
  }
}
