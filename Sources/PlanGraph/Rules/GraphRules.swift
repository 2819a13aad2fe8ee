package import Diagnostics
package import PlanModel

/// The rules about the plan as a graph, EP3xx.
package enum GraphRules {
  /// Every rule of the family, by code.
  package static let all: [Rule] = [
    .unknownDependency, .selfDependency, .dependencyCycle, .repeatedDependency, .writeRace, .hiddenDependency,
    .stateRace, .notUpstream, .undecidedOrder, .needsInListedOrder, .unknownPhase, .emptyPhase, .inferredDependency,
    .neverFailed, .phaseCycle, .unknownUndoes, .needAcrossFinally, .tooDense,
  ]

  /// Two of some steps without an order that write one path, in words; nil if there are none.
  package static func race(among steps: [Step], pools: [Pool]) -> String? {
    var plan = Plan(title: "", path: "")
    plan.pools = pools
    plan.steps = steps.map { step in
      var step = step
      step.needs = []
      return step
    }
    var collector = DiagnosticCollector()
    GraphSubject(plan, overlap: PathPattern.couldOverlap).checkWriteRaces(into: &collector)
    return collector.sorted().first.map { "\($0.message): let them write different paths" }
  }

  /// Builds the graph of a plan and says all that is wrong with it, sorted by place.
  ///
  /// - Parameter overlap: whether some path matches both patterns; asked only where one of them is a glob.
  package static func check(
    _ plan: Plan, overlap: @escaping (PathPattern, PathPattern) -> Bool = PathOverlap.isPossible
  ) -> (graph: StepGraph, diagnostics: [Diagnostic]) {
    let subject = GraphSubject(plan, overlap: overlap)
    var collector = DiagnosticCollector()
    subject.checkNeeds(into: &collector)
    subject.checkCycles(into: &collector)
    subject.checkPhaseCycles(into: &collector)
    subject.checkWriteRaces(into: &collector)
    subject.checkHiddenDependencies(into: &collector)
    subject.checkStateRaces(into: &collector)
    subject.checkReads(into: &collector)
    subject.checkUndecidedOrder(into: &collector)
    subject.checkListedOrder(into: &collector)
    subject.checkPhaseNames(into: &collector)
    subject.checkEmptyPhases(into: &collector)
    subject.checkInferred(into: &collector)
    subject.checkNeverFailed(into: &collector)
    subject.checkUndoes(into: &collector)
    subject.checkDensity(into: &collector)
    collector.dropRepetitions(in: plan.repeatedRanges)
    collector.dropRepetitions(in: plan.calledRanges)
    collector.dropHints(at: Set(plan.calledRanges))
    return (subject.graph, collector.sorted())
  }
}
