internal import Simulation
internal import Testing

/// Plans in a world that a seed decides, with crashes and people who go on after them; `make simulate` runs many more.
struct SimulationTests {
  @Test(arguments: 0..<4)
  func everyScheduleKeepsThePromises(_ part: UInt64) {
    for seed in part * 50..<(part + 1) * 50 {
      guard Simulation(seed: seed).run().violation != nil else { continue }
      Issue.record("\(Reproduction(seed: seed)?.text ?? "seed \(seed) failed once")")
      return
    }
  }

  /// A seed says everything: the same one has the same story.
  @Test func aSeedIsToldTheSameWayTwice() {
    let first = Simulation(seed: 7).run(isTelling: true)
    let second = Simulation(seed: 7).run(isTelling: true)
    #expect(!first.story.isEmpty)
    #expect(first.story == second.story)
  }

  @Test func aFewSeedsComeThroughEveryKindOfFault() {
    var coverage = Coverage()
    for seed in 0..<120 { coverage.add(Simulation(seed: UInt64(seed)).run().coverage) }
    for fault in [
      "kill", "power loss", "write error", "disk full", "spawn error", "signal", "second apply", "clock set back",
    ] {
      #expect(coverage.text.contains(fault), "no \(fault) in\n\(coverage.text)")
    }
    #expect(coverage.resumes > 0 && coverage.retries > 0 && coverage.givenUp > 0 && coverage.callEnds > 0)
    #expect(coverage.rollbacks > 0 && coverage.undos > 0)
  }
}
