/// One scenario, without its faults and with them.
package struct Simulation: Sendable {
  package struct Outcome: Sendable {
    package var violation: Violation?
    package var coverage = Coverage()
    package var story: [String] = []
  }

  let scenario: Scenario

  package init(seed: UInt64) { scenario = Scenario(seed: seed) }

  init(_ scenario: Scenario) { self.scenario = scenario }

  /// - Parameter isTelling: whether the story is kept: that takes longer.
  package func run(isTelling: Bool = false) -> Outcome {
    do throws(LoadedPlans.Unreadable) {
      return try outcome(isTelling)
    } catch {
      return Outcome(violation: Violation(promise: "scenarios are plans", what: error.text))
    }
  }

  private func outcome(_ isTelling: Bool) throws(LoadedPlans.Unreadable) -> Outcome {
    var plans = LoadedPlans()
    for round in scenario.rounds { _ = try plans.load(round.plan) }
    let calm = try Operator(scenario, plans, withFaults: false, isTelling: isTelling)
    try calm.run()
    var outcome = Outcome(violation: calm.world.violation, coverage: calm.world.coverage, story: calm.world.story)
    outcome.coverage.schedules = 1
    if outcome.violation != nil || scenario.faults.isEmpty { return outcome }
    let rough = try Operator(scenario, plans, withFaults: true, isTelling: isTelling)
    try rough.run()
    outcome.violation = rough.world.violation
    outcome.story = rough.world.story
    outcome.coverage.add(rough.world.coverage)
    outcome.coverage.schedules = 2
    if outcome.violation == nil, let end = rough.end, let other = calm.end, let difference = end.difference(from: other)
    {
      outcome.violation = Violation(promise: "the same end as without faults", what: difference)
    }
    return outcome
  }
}
