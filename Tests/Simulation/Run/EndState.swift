internal import Journal
internal import PlanModel
internal import Planner

/// What is left when nothing more is to be done: files, states and values of the last run.
struct EndState: Hashable {
  var states: [String: String] = [:]
  var files: [String: String] = [:]
  var values: [String: String] = [:]
  var state: [String: String] = [:]

  init(_ world: SimulatedWorld, _ planned: PlannedPlan) {
    let run = world.record.runs.keys.max() ?? 0
    for step in world.plan.steps {
      guard let checkpoint = world.record.checkpoint(step.id, run) else {
        states[step.id] = world.record.attempts(of: step.id, run).isEmpty ? "blocked" : "failed"
        continue
      }
      switch checkpoint.outcome {
      case .succeeded, .upToDate, .guardHolds, .attested, .adopted: states[step.id] = "done"
      case .allowedFailure: states[step.id] = "allowed"
      case .conditionFalse, .noValue, .skippedByUser: states[step.id] = "skipped"
      }
      if step.makesFile, states[step.id] == "done" { files[step.output] = world.disk[step.output] ?? "(not there)" }
      if step.publishes, let value = checkpoint.values.first(where: { $0.key == "v" })?.value.text {
        values[step.id] = value
      }
    }
    let kept = try? world.journal.read { reader throws(JournalError) in try reader.state(plan: planned.plan.key) }
    for entry in kept ?? [] { state[entry.key] = entry.value.text }
  }

  /// What a plan says must be, is.
  func compare(with oracle: Oracle, _ world: SimulatedWorld) {
    for step in world.plan.steps {
      let expected = oracle.states[step.id]?.rawValue ?? ""
      let found = states[step.id] ?? ""
      if found != expected {
        return world.fail("the end", "\(step.id) is \(found) in the end, and it must be \(expected)")
      }
      if expected == "done", let content = oracle.files[step.output], step.makesFile, files[step.output] != content {
        return world.fail(
          "the end", "\(step.output) holds \"\(files[step.output] ?? "")\" in the end, and it must hold \"\(content)\"")
      }
      if let value = oracle.values[step.id], values[step.id] != value {
        return world.fail(
          "the end", "the value of \(step.id) is \"\(values[step.id] ?? "")\" in the end, and it must be \"\(value)\"")
      }
      if step.keepsState, oracle.isGood, let value = oracle.values[step.id], state["wm_\(step.id)"] != value {
        return world.fail(
          "the end", "the state wm_\(step.id) is \"\(state["wm_\(step.id)"] ?? "")\", and it must be \"\(value)\"")
      }
    }
  }

  /// What differs from another end, in words.
  func difference(from other: EndState) -> String? {
    func first(_ mine: [String: String], _ others: [String: String], _ what: String) -> String? {
      for key in Set(mine.keys).union(others.keys).sorted() where mine[key] != others[key] {
        return "\(what) \(key): \"\(mine[key] ?? "")\", and without faults \"\(others[key] ?? "")\""
      }
      return nil
    }
    return first(states, other.states, "the state of") ?? first(files, other.files, "the file")
      ?? first(values, other.values, "the value of") ?? first(state, other.state, "the plan's state")
  }
}
