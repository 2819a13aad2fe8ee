/// The smallest scenario that still breaks the promise that a seed's scenario breaks, with its story.
package struct Reproduction: Sendable {
  package let seed: UInt64
  package let violation: Violation
  private let scenario: Scenario
  private let story: [String]

  /// Runs of smaller scenarios that are tried.
  private static let tries = 600

  package init?(seed: UInt64) {
    let scenario = Scenario(seed: seed)
    guard let violation = Simulation(scenario).run().violation else { return nil }
    var smallest = scenario
    var left = Reproduction.tries
    var isShrinking = true
    while isShrinking, left > 0 {
      isShrinking = false
      for candidate in smallest.smaller where left > 0 {
        left -= 1
        guard Simulation(candidate).run().violation?.promise == violation.promise else { continue }
        smallest = candidate
        isShrinking = true
        break
      }
    }
    let outcome = Simulation(smallest).run(isTelling: true)
    self.seed = seed
    self.scenario = smallest
    self.violation = outcome.violation ?? violation
    story = outcome.story
  }

  /// For people: seed, plan, what goes wrong when, and the story.
  package var text: String {
    var text = "seed \(seed) breaks a promise: \(violation.promise)\n  \(violation.what)\n"
    for (index, round) in scenario.rounds.enumerated() {
      text += "\nround \(index + 1)"
      if !round.sources.isEmpty {
        text +=
          ", files that people keep: "
          + round.sources.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
          .joined(separator: ", ")
      }
      if let patience = round.patience {
        text += ", \(round.isGivenUp ? "given up" : "changed") after \(patience) invocations"
      }
      text += "\n\(round.plan.yaml)"
      let behaviours = round.plan.steps.filter { $0.behaviour != .succeeds }.map { "\($0.id) \($0.behaviour)" }
      if !behaviours.isEmpty { text += "programs: \(behaviours.joined(separator: ", "))\n" }
    }
    text += "\njobs: \(scenario.jobs)\n"
    for fault in scenario.faults {
      text += "fault: \(fault.kind.rawValue) in invocation \(fault.invocation) at place \(fault.place)\n"
    }
    for fault in scenario.rollback?.faults ?? [] {
      text +=
        "fault: \(fault.kind.rawValue) in invocation \(fault.invocation) of the rollback at place \(fault.place)\n"
    }
    return text + "\nstory:\n" + story.map { "  \($0)\n" }.joined()
  }
}

extension Scenario {
  /// Scenarios with one thing less, the most promising first.
  fileprivate var smaller: [Scenario] {
    var all: [Scenario] = []
    func add(_ change: (inout Scenario) -> Void) {
      var smaller = self
      change(&smaller)
      all.append(smaller)
    }
    for index in rounds.indices.reversed() where rounds.count > 1 { add { $0.rounds.remove(at: index) } }
    for index in faults.indices { add { $0.faults.remove(at: index) } }
    if let rollback {
      add { $0.rollback = nil }
      for index in rollback.faults.indices { add { $0.rollback?.faults.remove(at: index) } }
      if rollback.patience != nil { add { $0.rollback?.patience = nil } }
    }
    for step in rounds[0].plan.steps {
      add { scenario in for index in scenario.rounds.indices { scenario.rounds[index].plan.remove(step.id) } }
    }
    if jobs > 1 { add { $0.jobs = 1 } }
    for step in rounds[0].plan.steps {
      for change in SimulatedStep.simplifications where change(step) != step {
        add { scenario in
          for round in scenario.rounds.indices {
            guard let index = scenario.rounds[round].plan.steps.firstIndex(where: { $0.id == step.id }) else {
              continue
            }
            scenario.rounds[round].plan.steps[index] = change(scenario.rounds[round].plan.steps[index])
          }
        }
      }
    }
    for index in faults.indices where faults[index].place > 0 { add { $0.faults[index].place /= 2 } }
    for (index, fault) in (rollback?.faults ?? []).enumerated() where fault.place > 0 {
      add { $0.rollback?.faults[index].place /= 2 }
    }
    return all
  }
}

extension SimulatedPlan {
  fileprivate mutating func remove(_ id: String) {
    steps.removeAll { $0.id == id }
    for index in steps.indices {
      steps[index].needs.removeAll { $0 == id }
      steps[index].readsFiles.removeAll { $0 == id }
      steps[index].readsValues.removeAll { $0 == id }
      steps[index].undoes.removeAll { $0 == id }
      if steps[index].condition?.step == id { steps[index].condition = nil }
      if steps[index].kind == .files, steps[index].readsFiles.isEmpty { steps[index].readsSource = true }
      if steps[index].kind == .check, steps[index].needs.isEmpty { steps[index].kind = .plain }
    }
    gates = gates.map { $0 == "out/\(id)" || $0 == "made/\(id)" ? nil : $0 }
  }
}

extension SimulatedStep {
  fileprivate static let simplifications: [@Sendable (SimulatedStep) -> SimulatedStep] = [
    change { $0.condition = nil }, change { $0.readsValues = [] },
    change { if $0.kind != .files { $0.readsFiles = [] } },
    change { $0.pool = false }, change { $0.priority = 0 }, change { $0.phase = nil }, change { $0.syncs = false },
    change { $0.keepsState = false },
    change { $0.undo = nil }, change { $0.undoFailures = 0 },
    change { $0.isCoarse = false }, change { $0.timeout = nil }, change { $0.onInterrupt = nil },
    change { if $0.onInterrupt != .verify { $0.verifies = false } },
    change {
      $0.behaviour = .succeeds
      $0.retries = 0
      $0.allowsFailure = false
    },
  ]

  private static func change(
    _ body: @escaping @Sendable (inout SimulatedStep) -> Void
  ) -> @Sendable (SimulatedStep) -> SimulatedStep {
    { step in
      var changed = step
      body(&changed)
      return changed
    }
  }
}
