internal import Glibc
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
    /// Of the last attempt.
    package var usage: AttemptUsage?
    package var reason: String?
    /// The step because of which it did not run.
    package var blockedBy: String?
    /// Whether it failed and the plan allows that.
    package var isAllowed = false
    /// Where the prompt is that somebody works on; absolute.
    package var prompt: String?
    /// What it has handed off: to whom, and where the package is; absolute.
    package var handoffs: [(receiver: String, path: String)] = []
  }

  /// - Parameter isLive: whether a process is executing the run now.
  package static func read(
    _ run: Run, _ reader: any JournalReading, _ state: StateDirectory, isLive: Bool,
    world: any ExecutionWorld = SystemWorld()
  ) throws(JournalError) -> [Step] {
    let checkpoints = try reader.checkpoints(run: run.id)
    var attempts: [String: [Attempt]] = [:]
    for attempt in try reader.attempts(run: run.id) where attempt.state != .released {
      attempts[attempt.step, default: []].append(attempt)
    }
    var (unlaunched, kept): (Set<Int64>, [Int64: KeptAttempt]) = ([], [:])
    if !isLive { (unlaunched, kept) = try open(run, reader, state, world) }
    let layout = try RunLayout.of(run, reader)
    var seen = Set(layout.order)
    var ids = layout.order
    for id in attempts.keys.sorted() + checkpoints.keys.sorted() where seen.insert(id).inserted && !layout.isGone(id) {
      ids.append(id)
    }
    var steps = ids.map { id in
      step(id, checkpoints[id], attempts[id]?.filter { !unlaunched.contains($0.id) } ?? [], kept, isLive: isLive)
    }
    addAgentFiles(&steps, run, checkpoints, state)
    markUndone(&steps, layout, checkpoints)
    markRolledBack(&steps, attempts)
    if !isLive { block(&steps, layout) }
    return steps
  }

  /// What agents are given lies in files, as long as nobody has removed them.
  private static func addAgentFiles(
    _ steps: inout [Step], _ run: Run, _ checkpoints: [String: Checkpoint], _ state: StateDirectory
  ) {
    for index in steps.indices {
      let id = steps[index].id
      if steps[index].state == .waiting {
        let path = AgentFiles(state, run: run.id).prompt(of: id)
        if unsafe access(path, F_OK) == 0 { steps[index].prompt = path }
      }
      guard let checkpoint = checkpoints[id] else { continue }
      let files = AgentFiles(state, run: checkpoint.carriedFrom ?? run.id)
      for entry in checkpoint.values where entry.key.hasPrefix(Handoff.prefix) {
        let receiver = String(entry.key.dropFirst(Handoff.prefix.count))
        let path = files.handoff(of: id, to: receiver)
        if unsafe access(path, F_OK) == 0 { steps[index].handoffs.append((receiver, path)) }
      }
    }
  }

  /// Of the claims without an end: those that were never launched, and those whose keepers know more.
  private static func open(
    _ run: Run, _ reader: any JournalReading, _ state: StateDirectory, _ world: any ExecutionWorld
  ) throws(JournalError) -> (unlaunched: Set<Int64>, kept: [Int64: KeptAttempt]) {
    var marks = LaunchMarks(state, world)
    var unlaunched: Set<Int64> = []
    var kept: [Int64: KeptAttempt] = [:]
    for open in try reader.openAttempts(plan: run.plan) where open.attempt.run == run.id {
      if marks.wasNeverLaunched(open) {
        unlaunched.insert(open.attempt.id)
      } else {
        kept[open.attempt.id] = KeptAttempt.find(open, &marks, state, world)
      }
    }
    return (unlaunched, kept)
  }

  private static func step(
    _ id: String, _ checkpoint: Checkpoint?, _ attempts: [Attempt], _ kept: [Int64: KeptAttempt], isLive: Bool
  ) -> Step {
    let last = attempts.last
    var step = Step(id: id, state: .pending, attempts: attempts.count)
    if let checkpoint {
      step.state = StepState(checkpoint.outcome)
      step.isAllowed = checkpoint.outcome == .allowedFailure
      step.reason = checkpoint.reason.isEmpty ? nil : checkpoint.reason
      guard checkpoint.attempt != nil else { return step }
    }
    guard let last else { return step }
    step.exitCode = last.exitCode
    step.usage = last.usage
    if let started = last.startedAt, let ended = last.endedAt { step.duration = ended - started }
    guard checkpoint == nil else { return step }
    step.reason = last.reason
    step.state = isLive && last.state == .claimed ? .running : StepState(last.state)
    if let kept = kept[last.id] {
      step.state = kept.record == nil ? .running : .pending
      step.reason = kept.record == nil ? "execplan died, but its keeper watches it" : "it \(kept.text)"
    }
    if step.state == .inDoubt, step.reason == nil { step.reason = "execplan died while it ran" }
    return step
  }

  /// What a `finally` step took back did succeed; it runs again when the run goes on.
  private static func markUndone(_ steps: inout [Step], _ layout: RunLayout, _ checkpoints: [String: Checkpoint]) {
    var undone: [String: String] = [:]
    for (id, taken) in layout.undoes where checkpoints[id]?.outcome == .succeeded {
      for step in taken { undone[step] = id }
    }
    for place in steps.indices where steps[place].state == .pending && steps[place].attempts > 0 {
      guard let by = undone[steps[place].id] else { continue }
      steps[place].state = .succeeded
      steps[place].reason = "taken back by \"\(by)\""
    }
  }

  /// A step whose undo is the last thing that happened to it is rolled back; an undo that is done is nothing by itself.
  private static func markRolledBack(_ steps: inout [Step], _ attempts: [String: [Attempt]]) {
    var undone: [String: String?] = [:]
    for (name, tries) in attempts {
      guard let step = UndoName.step(of: name), let last = tries.last, last.state == .succeeded else { continue }
      guard let before = attempts[step]?.last, before.id < last.id else { continue }
      undone[step] = .some(last.reason)
    }
    steps.removeAll { UndoName.step(of: $0.id) != nil && attempts[$0.id]?.last?.state == .succeeded }
    for place in steps.indices {
      guard let reason = undone[steps[place].id] else { continue }
      steps[place].state = .rolledBack
      steps[place].reason = reason
      steps[place].isAllowed = false
      steps[place].prompt = nil
    }
  }

  /// Steps that were not started because of something that they need are shown as blocked.
  private static func block(_ steps: inout [Step], _ layout: RunLayout) {
    let ids = steps.map(\.id) + layout.barriers
    let places = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var dependents = [[Int]](repeating: [], count: ids.count)
    for (place, id) in ids.enumerated() {
      for need in layout.needs[id] ?? [] {
        if let other = places[need] { dependents[other].append(place) }
      }
    }
    let shown = steps
    let holders = Blocking.holders(dependents: dependents) { place in
      place < shown.count && !shown[place].isAllowed && shown[place].state.holdsDependents
    } isOpen: { place in
      place >= shown.count || shown[place].state == .pending
    }
    for place in steps.indices {
      guard let holder = holders[place] else { continue }
      steps[place].state = .blocked
      steps[place].blockedBy = steps[holder].id
      steps[place].reason = "blocked by \"\(steps[holder].id)\""
    }
  }
}
