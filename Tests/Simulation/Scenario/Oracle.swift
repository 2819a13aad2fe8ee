/// What a round must come to, worked out from the plan alone.
struct Oracle {
  enum State: String, Hashable, Sendable {
    case done, skipped, failed, allowed, blocked
  }

  private(set) var states: [String: State] = [:]
  /// What a file must hold when its step is done.
  private(set) var files: [String: String] = [:]
  private(set) var values: [String: String] = [:]

  /// - Parameter sources: by step, the content of the file that it reads.
  init(_ plan: SimulatedPlan, sources: [String: String]) {
    for step in plan.steps {
      let state = state(of: step, plan)
      states[step.id] = state
      guard state == .done else { continue }
      if step.kind == .file {
        files[step.output] = "\(step.id)/\(step.version)" + step.readsValues.map { " \(values[$0] ?? "")" }.joined()
        continue
      }
      guard step.hasProgram else { continue }
      var inputs: [String?] = step.readsFiles.map { files["out/\($0)"] }
      if step.readsSource { inputs.append(sources[step.id]) }
      for need in step.readsValues { inputs.append(values[need]) }
      let product = Product.of(step, inputs)
      if step.makesFile { files[step.output] = product }
      if step.publishes { values[step.id] = product }
    }
  }

  private func state(of step: SimulatedStep, _ plan: SimulatedPlan) -> State {
    // What was not begun is not ended.
    if step.endsCall, plan.calledSteps.allSatisfy({ states[$0.id] == .blocked }) { return .blocked }
    var needs = step.allNeeds.compactMap { states[$0] }
    // A phase waits for all of the phases before it, and for their gates.
    if let phase = step.phase, !step.isFinally {
      for other in plan.steps {
        if let earlier = other.phase, earlier < phase, let state = states[other.id] { needs.append(state) }
      }
      for gate in plan.gates.prefix(phase) {
        if let gate, files[gate] == nil { return .blocked }
      }
    }
    if needs.contains(where: { $0 == .failed || $0 == .blocked }) { return .blocked }
    switch step.condition {
    case .failed(let id) where states[id] != .allowed: return .skipped
    case .notFailed(let id) where states[id] == .allowed: return .skipped
    case .constant(let id, let holds) where (values[id] != nil) != holds: return .skipped
    default: break
    }
    if step.readsValues.contains(where: { values[$0] == nil }) { return .skipped }
    switch step.behaviour {
    case .fails: return step.allowsFailure ? .allowed : .failed
    case .flaky(let times), .hangs(let times):
      return times <= step.retries ? .done : step.allowsFailure ? .allowed : .done
    case .succeeds, .late: return .done
    }
  }

  var isGood: Bool { !states.values.contains { $0 == .failed || $0 == .blocked } }
}
