internal import Diagnostics
internal import PlanGraph
internal import PlanModel
internal import SourceText
internal import Testing

/// Plans of 100,000 steps: nothing recurses, nothing is compared with everything.
@Suite struct LargeGraphTests {
  static let count = 100_000

  static func plan(_ change: (Int, inout Step) -> Void) -> Plan {
    var plan = Plan(title: "Large", path: "large")
    plan.hasExplicitOrder = true
    let action = Action.exec(ExecAction(arguments: [Template(literal: "true")]))
    for index in 0..<count {
      var step = Step(id: Located("s\(index)", SourceRange(start: index, end: index)), action: action)
      change(index, &step)
      plan.steps.append(step)
    }
    return plan
  }

  @Test func aChainIsDeep() throws {
    let plan = LargeGraphTests.plan { index, step in
      if index > 0 { step.needs = [Located("s\(index - 1)", .fileStart)] }
      step.outputs = [PathPattern("shared.db"), PathPattern("out/\(index)")]
    }
    let (graph, findings) = GraphRules.check(plan)
    #expect(findings.isEmpty)
    #expect(try #require(graph.layers()).count == LargeGraphTests.count)
    #expect(graph.isUpstream(0, of: LargeGraphTests.count - 1))
    #expect(graph.criticalPath(of: plan)?.ids.count == LargeGraphTests.count)
  }

  @Test func aRingIsOneCycle() {
    let plan = LargeGraphTests.plan { index, step in
      step.needs = [Located("s\((index + 1) % LargeGraphTests.count)", .fileStart)]
    }
    #expect(GraphRules.check(plan).diagnostics.map(\.rule.code) == ["EP303"])
  }

  @Test func aWideOneJoinsByFiles() throws {
    let plan = LargeGraphTests.plan { index, step in
      step.outputs = [PathPattern("out/\(index).csv")]
      if index == LargeGraphTests.count - 1 {
        step.inputs = [PathPattern("out/*.csv"), PathPattern("!x", isNegated: true)]
      }
    }
    let graph = StepGraph(plan)
    #expect(graph.needs(of: LargeGraphTests.count - 1).count == LargeGraphTests.count - 1)
    #expect(try #require(graph.layers()).count == 2)
  }

  @Test func manyGatesDoNotMakeTooManyEdges() {
    let graph = StepGraph(Self.plan { index, step in step.isGate = index % 2 == 0 })
    #expect(graph.edges.count < 4 * graph.stepCount)
    #expect(graph.needs(of: 0).count == graph.stepCount / 2)
  }

  @Test func everyStepReadsTheFirst() {
    let plan = LargeGraphTests.plan { index, step in
      if index > 0 { step.needs = [Located("s\((index - 1) / 2)", .fileStart)] }
      step.when = .reference(.stepValue(step: "s0", key: "k"), .fileStart)
    }
    // Only the first one itself is refused.
    #expect(GraphRules.check(plan).diagnostics.map(\.rule.code) == ["EP308"])
  }
}
