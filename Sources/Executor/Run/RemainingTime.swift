internal import Digest
internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// How long a run still takes, by how long its steps took before: the longest way through what is left, or all of it
/// shared among the slots, whichever is longer.
///
/// What each step has still behind it is added up once, so that a look at the whole costs a look at each step.
struct RemainingTime: Sendable {
  /// Milliseconds that a step usually takes; nil: nobody knows.
  private let weights: [Int64?]
  /// The step and the longest way of steps after it.
  private let tails: [Int64]
  private let jobs: Int

  /// Runs and attempts that are looked at.
  private static let (runLimit, attemptLimit) = (10, 100_000)

  /// - Returns: nil while no step of the plan has succeeded as it is now.
  static func read(
    _ planned: PlannedPlan, _ journal: any JournalReading, excluded: Set<Int>, jobs: Int
  ) throws(JournalError) -> RemainingTime? {
    var before: [Int: [Int64]] = [:]
    for duration in try journal.durations(plan: planned.plan.key, runs: runLimit, limit: attemptLimit) {
      guard let node = planned.graph.index(of: duration.step), planned.nodes[node].digest == duration.definition else {
        continue
      }
      before[node, default: []].append(duration.milliseconds)
    }
    return RemainingTime(planned, before, excluded: excluded, jobs: jobs)
  }

  /// - Parameter before: by node, how long it took, milliseconds.
  init?(_ planned: PlannedPlan, _ before: [Int: [Int64]], excluded: Set<Int>, jobs: Int) {
    if before.isEmpty { return nil }
    self.jobs = max(1, jobs)
    let weights = planned.nodes.indices.map { node -> Int64? in
      let step = planned.nodes[node]
      // What waits for somebody takes as long as they take, and that is not the run's time.
      if excluded.contains(node) || step.isBarrier || step.step.action.acceptance != nil { return 0 }
      if let values = before[node] { return values.median }
      return step.step.estimate.map { Int64($0.lowMinutes + $0.highMinutes) * 30_000 }
    }
    var tails = [Int64](repeating: 0, count: weights.count)
    for node in planned.order.reversed() {
      var longest: Int64 = 0
      for dependent in planned.graph.held(by: node) { longest = max(longest, tails[dependent]) }
      tails[node] = longest + (weights[node] ?? 0)
    }
    self.weights = weights
    self.tails = tails
  }

  /// - Parameter elapsed: of a node that runs, for how long; of one that is still to come 0; nil of any other.
  func estimate(_ elapsed: (Int) -> Int64?) -> RunProgress.Remaining? {
    var (path, sum, isLeast): (Int64, Int64, Bool) = (0, 0, false)
    for node in weights.indices {
      guard let elapsed = elapsed(node) else { continue }
      guard let weight = weights[node] else {
        isLeast = true
        path = max(path, tails[node])
        continue
      }
      let done = min(elapsed, weight)
      path = max(path, tails[node] - done)
      sum += weight - done
    }
    let time = max(path, sum / Int64(jobs))
    return time == 0 && isLeast ? nil : RunProgress.Remaining(milliseconds: time, isLeast: isLeast)
  }
}
