package import Journal
package import PlanModel
internal import Planner

/// The state of every step of a run, from its record alone.
package struct RunStates {
  package struct Step: Sendable {
    package var id: String
    package var state: StepState
    package var attempts: Int
    package var exitCode: Int?
    /// Milliseconds.
    package var duration: Int64?
    package var reason: String?
    /// Whether it failed and the plan allows that.
    package var isAllowed = false
  }

  /// - Parameter isLive: whether a process is executing the run now.
  package static func read(
    _ run: Run, _ reader: any JournalReading, _ state: StateDirectory, isLive: Bool
  ) throws(JournalError) -> [Step] {
    let checkpoints = try reader.checkpoints(run: run.id)
    var attempts: [String: [Attempt]] = [:]
    for attempt in try reader.attempts(run: run.id) where attempt.state != .released {
      attempts[attempt.step, default: []].append(attempt)
    }
    let unlaunched = isLive ? [] : try self.unlaunched(run, reader, state)
    let (order, needs) = try layout(run, reader)
    var seen = Set(order)
    var ids = order
    for id in attempts.keys.sorted() + checkpoints.keys.sorted() where seen.insert(id).inserted { ids.append(id) }
    var steps = ids.map { id in
      step(id, checkpoints[id], attempts[id]?.filter { !unlaunched.contains($0.id) } ?? [], isLive: isLive)
    }
    if !isLive { block(&steps, needs, done: Set(checkpoints.keys)) }
    return steps
  }

  /// Ids in the order of the plan that the run was begun with, and what each needs.
  private static func layout(
    _ run: Run, _ reader: any JournalReading
  ) throws(JournalError) -> (order: [String], needs: [String: [String]]) {
    guard let text = try reader.planText(run.planDigest), let plan = try? JSONReader.read(Array(text.utf8)),
      case .list(let steps)? = plan["steps"]
    else { return ([], [:]) }
    var order: [String] = []
    var needs: [String: [String]] = [:]
    for step in steps {
      guard case .string(let id)? = step["id"] else { continue }
      order.append(id)
      if case .list(let list)? = step["definition"]?["needs"] { needs[id] = list.compactMap(\.text) }
    }
    return (order, needs)
  }

  private static func unlaunched(
    _ run: Run, _ reader: any JournalReading, _ state: StateDirectory
  ) throws(JournalError) -> Set<Int64> {
    var marks = LaunchMarks(state)
    var found: Set<Int64> = []
    for open in try reader.openAttempts(plan: run.plan)
    where open.attempt.run == run.id && marks.wasNeverLaunched(open) {
      found.insert(open.attempt.id)
    }
    return found
  }

  private static func step(_ id: String, _ checkpoint: Checkpoint?, _ attempts: [Attempt], isLive: Bool) -> Step {
    let last = attempts.last
    var step = Step(id: id, state: .pending, attempts: attempts.count)
    if let checkpoint {
      step.state =
        switch checkpoint.outcome {
        case .succeeded, .attested: .succeeded
        case .allowedFailure: .failed
        case .upToDate, .guardHolds, .conditionFalse, .noValue, .skippedByUser: .skipped
        }
      step.isAllowed = checkpoint.outcome == .allowedFailure
      step.reason = checkpoint.reason.isEmpty ? nil : checkpoint.reason
      guard checkpoint.attempt != nil else { return step }
    }
    guard let last else { return step }
    step.exitCode = last.exitCode
    if let started = last.startedAt, let ended = last.endedAt { step.duration = ended - started }
    guard checkpoint == nil else { return step }
    step.reason = last.reason
    switch last.state {
    case .claimed: step.state = isLive ? .running : .inDoubt
    case .succeeded: step.state = .pending
    case .failed, .timedOut, .failedFinally: step.state = .failed
    case .cancelled: step.state = .cancelled
    case .inDoubt: step.state = .inDoubt
    case .waiting: step.state = .waiting
    case .released: step.state = .pending
    }
    if step.state == .inDoubt, step.reason == nil { step.reason = "execplan died while it ran" }
    return step
  }

  /// Steps that were not started because of something that they need are shown as blocked.
  ///
  /// - Parameter done: steps with a checkpoint; a failure that the plan allows is one of them and holds nobody.
  private static func block(_ steps: inout [Step], _ needs: [String: [String]], done: Set<String>) {
    let index = Dictionary(steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var dependents = [[Int]](repeating: [], count: steps.count)
    for place in steps.indices {
      for need in needs[steps[place].id] ?? [] {
        if let other = index[need] { dependents[other].append(place) }
      }
    }
    var holder = [Int?](repeating: nil, count: steps.count)
    var waiting: [Int] = []
    for place in steps.indices where !done.contains(steps[place].id) {
      switch steps[place].state {
      case .failed, .inDoubt, .waiting, .cancelled:
        holder[place] = place
        waiting.append(place)
      case .pending, .running, .succeeded, .skipped, .blocked, .rolledBack: break
      }
    }
    while let place = waiting.popLast() {
      for dependent in dependents[place] where holder[dependent] == nil && steps[dependent].state == .pending {
        holder[dependent] = holder[place]
        waiting.append(dependent)
      }
    }
    for place in steps.indices where steps[place].state == .pending {
      guard let other = holder[place] else { continue }
      steps[place].state = .blocked
      steps[place].reason = "blocked by \"\(steps[other].id)\""
    }
  }
}
