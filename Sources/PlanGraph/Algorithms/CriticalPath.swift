package import PlanModel

/// The chain of steps that decides how long the plan takes at least, and what all steps take together.
package struct CriticalPath: Hashable, Sendable {
  /// The nodes on the chain, in order, gates included.
  package var nodes: [Int]
  /// The ids of the steps on the chain, in order.
  package var ids: [String]
  /// Working time along the chain, by the higher end of each estimate.
  package var minutes: Int
  /// Summed over the whole plan, lower and higher end.
  package var summedLowMinutes: Int
  package var summedHighMinutes: Int
  /// Whether the plan estimates anything at all; without, the chain is the one with the most steps.
  package var hasEstimates: Bool
}

extension StepGraph {
  /// The critical path of the main part; nil if there is a cycle.
  ///
  /// A step without an estimate counts 0. Where no step of a phase has one, the phase's estimate counts at its gate.
  /// Of chains that take equally long, the one with more steps is taken, then the one whose end is listed first.
  package func criticalPath(of plan: Plan) -> CriticalPath? {
    guard let order = topologicalOrder() else { return nil }
    let estimates = nodeEstimates(plan)
    var best = [(minutes: Int, steps: Int)](repeating: (0, 0), count: finallyStart)
    var previous = [Int32](repeating: -1, count: finallyStart)
    var end: Int?
    // What stands for a group is no step of its own.
    let isStep = { (node: Int) in node < stepCount && !plan.steps[node].standsForOthers }
    for node in order where node < finallyStart {
      var longest = (minutes: 0, steps: 0)
      for edge in needs(of: node) {
        let candidate = best[edge.from]
        if previous[node] < 0 || candidate > longest {
          longest = candidate
          previous[node] = edge.source
        }
      }
      best[node] = (
        longest.minutes.addingClamped(estimates[node]?.highMinutes ?? 0), longest.steps + (isStep(node) ? 1 : 0)
      )
      if end.map({ best[node] > best[$0] }) ?? true { end = node }
    }
    var path: [Int] = []
    var node = end.map(Int32.init) ?? -1
    while node >= 0 {
      path.append(Int(node))
      node = previous[Int(node)]
    }
    path.reverse()
    return CriticalPath(
      nodes: path, ids: path.filter(isStep).map { nodes[$0].id }, minutes: end.map { best[$0].minutes } ?? 0,
      summedLowMinutes: estimates.reduce(0) { $0.addingClamped($1?.lowMinutes ?? 0) },
      summedHighMinutes: estimates.reduce(0) { $0.addingClamped($1?.highMinutes ?? 0) },
      hasEstimates: estimates.contains { $0 != nil })
  }

  /// What each node of the main part is expected to take.
  private func nodeEstimates(_ plan: Plan) -> [Estimate?] {
    var estimates = [Estimate?](repeating: nil, count: finallyStart)
    var isEstimatedByStep = [Bool](repeating: false, count: phaseCount)
    for (index, step) in plan.steps.enumerated() {
      estimates[index] = step.estimate
      if step.estimate != nil, let phase = phase(of: index) { isEstimatedByStep[phase] = true }
    }
    for (index, phase) in plan.phases.enumerated() where !isEstimatedByStep[index] {
      estimates[gate(ofPhase: index)] = phase.estimate
    }
    return estimates
  }
}

extension Int {
  /// The sum, or the largest number where it would overflow: estimates are input.
  fileprivate func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
