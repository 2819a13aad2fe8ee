internal import Diagnostics
internal import PlanGraph
internal import PlanModel
internal import SourceText
internal import TestSupport
internal import Testing

/// Random graphs against the plainest algorithms that can be written.
@Suite struct RandomGraphTests {
  /// Steps s0… whose needs are drawn at random; acyclic ones need only steps before them in a shuffled order.
  static func plan(seed: UInt64, acyclic: Bool) -> Plan {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 2...14, using: &random)
    let order = (0..<count).shuffled(using: &random)
    var plan = Plan(title: "Random", path: "random")
    plan.hasExplicitOrder = true
    var steps: [Step] = []
    for index in 0..<count {
      let range = SourceRange(start: index * 100, end: index * 100 + 1)
      var step = Step(
        id: Located("s\(index)", range), action: .exec(ExecAction(arguments: [Template(literal: "true")])))
      step.estimate = Estimate(text: "", lowMinutes: 0, highMinutes: Int.random(in: 0...9, using: &random))
      for other in 0..<count where other != index && Int.random(in: 0..<5, using: &random) == 0 {
        if acyclic, order[other] >= order[index] { continue }
        step.needs.append(
          Located("s\(other)", SourceRange(start: index * 100 + 2 + other, end: index * 100 + 3 + other)))
      }
      if Int.random(in: 0..<3, using: &random) == 0 { step.outputs = [PathPattern("shared", range)] }
      for other in 0..<count where other != index && Int.random(in: 0..<8, using: &random) == 0 {
        step.env.append(
          .init(
            name: Located("X", .fileStart),
            value: Template(
              [
                .expression(
                  .reference(
                    .stepStatus(step: "s\(other)"),
                    SourceRange(start: index * 100 + 50 + other, end: index * 100 + 51 + other)))
              ], range)))
      }
      steps.append(step)
    }
    plan.steps = steps
    return plan
  }

  /// `reach[a][b]`: b is upstream of a, by Warshall's algorithm.
  static func closure(_ plan: Plan) -> [[Bool]] {
    let count = plan.steps.count
    var reach = [[Bool]](repeating: [Bool](repeating: false, count: count), count: count)
    for (index, step) in plan.steps.enumerated() {
      for need in step.needs { if let other = Int(need.value.dropFirst()) { reach[index][other] = true } }
    }
    for middle in 0..<count {
      for from in 0..<count where reach[from][middle] {
        for to in 0..<count where reach[middle][to] { reach[from][to] = true }
      }
    }
    return reach
  }

  @Test(arguments: 0..<300) func reachIsThatOfTheClosure(seed: Int) {
    let plan = RandomGraphTests.plan(seed: UInt64(seed), acyclic: seed % 2 == 0)
    let graph = StepGraph(plan)
    let reach = RandomGraphTests.closure(plan)
    for a in plan.steps.indices {
      let expected = Set(plan.steps.indices.filter { reach[a][$0] })
      #expect(graph.upstream(of: [a]) == expected.union([a]))
      #expect(graph.downstream(of: [a]) == Set(plan.steps.indices.filter { reach[$0][a] }).union([a]))
      for b in plan.steps.indices where a != b { #expect(graph.isUpstream(b, of: a) == reach[a][b]) }
    }
    let findings = GraphRules.check(plan).diagnostics
    // A read is refused exactly where the step is not upstream.
    let refused = Set(findings.filter { $0.rule.code == "EP308" }.map(\.range))
    let expected = plan.steps.enumerated().flatMap { index, step in
      step.allReferences.filter { !reach[index][Int($0.value.step?.dropFirst() ?? "") ?? 0] }.map(\.range)
    }
    #expect(refused == Set(expected))
    // A race is found exactly where two writers are unordered.
    let writers = plan.steps.indices.filter { !plan.steps[$0].outputs.isEmpty }
    let hasRace = writers.contains { a in writers.contains { a < $0 && !reach[a][$0] && !reach[$0][a] } }
    #expect(findings.contains { $0.rule.code == "EP305" } == hasRace)
  }

  @Test(arguments: 0..<300) func orderAndLongestChainAreThoseOfBruteForce(seed: Int) throws {
    let plan = RandomGraphTests.plan(seed: UInt64(seed), acyclic: true)
    let graph = StepGraph(plan)
    let order = try #require(graph.topologicalOrder())
    #expect(order.sorted() == Array(graph.nodes.indices))
    var done: Set<Int> = []
    for node in order {
      // The first listed one that is ready.
      let ready = graph.nodes.indices.filter { candidate in
        !done.contains(candidate) && graph.needs(of: candidate).allSatisfy { done.contains($0.from) }
      }
      #expect(node == ready.first)
      done.insert(node)
    }
    var longest = [Int](repeating: 0, count: plan.steps.count)
    for node in order {
      longest[node] =
        (plan.steps[node].estimate?.highMinutes ?? 0) + (graph.needs(of: node).map { longest[$0.from] }.max() ?? 0)
    }
    let path = try #require(graph.criticalPath(of: plan))
    #expect(path.minutes == longest.max())
    for (earlier, later) in zip(path.nodes, path.nodes.dropFirst()) {
      #expect(graph.needs(of: later).contains { $0.from == earlier })
    }
  }

  @Test(arguments: 0..<300) func cyclesCoverEveryKnottedEdge(seed: Int) {
    let plan = RandomGraphTests.plan(seed: UInt64(seed), acyclic: false)
    let reach = RandomGraphTests.closure(plan)
    let findings = GraphRules.check(plan).diagnostics.filter { $0.rule.code == "EP303" }
    let knotted = Set(
      plan.steps.enumerated().flatMap { index, step in
        step.needs.filter { reach[Int($0.value.dropFirst()) ?? 0][index] }.map(\.range)
      })
    let covered = Set(findings.flatMap { $0.related.map(\.range) })
    #expect(covered.isSubset(of: knotted))
    // Twenty a knot; a graph this small has at most a few knots.
    if !findings.contains(where: { $0.notes.count > 1 }) { #expect(covered == knotted) }
    #expect(Set(findings.map(\.message)).count == findings.count)
    for finding in findings {
      // Each is a closed way along needs, begun by the step listed first, no step twice.
      let starts = finding.related.map { $0.range.lowerBound / 100 }
      let ends = finding.related.map { $0.range.lowerBound % 100 - 2 }
      #expect(ends == Array(starts.dropFirst()) + starts.prefix(1))
      #expect(starts.first == starts.min() && Set(starts).count == starts.count)
      #expect(finding.range == finding.related.first?.range)
    }
  }
}
