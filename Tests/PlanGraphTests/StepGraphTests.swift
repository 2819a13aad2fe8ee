internal import Diagnostics
internal import PlanGraph
internal import PlanModel
internal import Testing

@Suite struct StepGraphTests {
  /// Every edge as `target <kind- source`, sorted.
  static func edges(_ text: String) -> [String] {
    let graph = StepGraph(PlanSketch(text).plan)
    return graph.edges.map { "\(graph.nodes[$0.to].id) <\($0.kind.rawValue)- \(graph.nodes[$0.from].id)" }.sorted()
  }

  @Test(arguments: [
    ("a\nb needs=a", ["b <needs- a"]),
    ("a needs=b\nb", ["a <needs- b"]),
    ("a\nb needs=a,zz,b,a", ["b <needs- a"]),
    ("order: listed\na\nb\nc", ["b <order- a", "c <order- b"]),
    ("a out=x/y.csv\nb in=./x//y.csv", ["b <file- a"]),
    ("a out=x/*.csv\nb in=x/y.csv", ["b <file- a"]),
    ("a out=x/y.csv\nb in=**/*.csv", ["b <file- a"]),
    ("a out=x/*.csv\nb in=x/y*", ["b <file- a"]),
    ("a out=x/*.csv\nb in=x/*.json", []),
    ("a out=data/y\nb in=x/**", []),
    ("a out=x/y.csv\nb in=x/*.csv,!x/y.csv", []),
    ("a out=x/y.csv\nb in=!x/y.csv,x/*.csv", ["b <file- a"]),
    ("a out=x needs=\nb in=x needs=a", ["b <needs- a"]),
    ("a file=x\nb in=x", ["b <file- a"]),
    ("a out=x\nb source=x", ["b <file- a"]),
    ("a db=w.db\nb in=w.db", []),
    ("a edit=x\nb in=x", []),
    // Two that work in place on one path: nobody can tell which comes first.
    ("a in=x out=x\nb in=x out=x", []),
    ("a out=x\nb in=x out=x\nc in=x needs=b", ["b <file- a", "c <file- a", "c <needs- b"]),
    ("a out=x\nfinally:\nb in=x", []),
    ("a\nfinally:\ny out=x\nz in=x", ["z <file- y"]),
    (
      "phase: p\nphase: q\na phase=p\nb phase=q\nfree",
      ["b <phase- gate:p", "gate:p <phase- a", "gate:q <phase- b"]
    ),
    // Gates wait for what nothing else waits for, wherever they stand.
    ("g gate\na\nb needs=a", ["b <needs- a", "g <gate- b"]),
    ("a\nb\ng gate\nh gate needs=g", ["g <gate- a", "g <gate- b", "h <gate- a", "h <gate- b", "h <needs- g"]),
    ("order: listed\ng gate\na\nb", ["b <order- a", "g <order- b"]),
    ("phase: p\na phase=p\nb\ng gate", ["g <gate- b", "g <gate- gate:p", "gate:p <phase- a"]),
    ("a needs=g\ng gate", ["a <needs- g", "g <gate- a"]),
    ("g gate\nh gate", []),
    // An empty phase passes on what it waits for.
    (
      "phase: p\nphase: q\nphase: r\na phase=p\nc phase=r",
      ["c <phase- gate:q", "gate:p <phase- a", "gate:q <phase- gate:p", "gate:r <phase- c"]
    ),
    (
      "phase: p\nphase: q needs=\na phase=p\nb phase=q", ["gate:p <phase- a", "gate:q <phase- b"]
    ),
    (
      "phase: p\nphase: q\nphase: r needs=p\na phase=p\nb phase=q\nc phase=r",
      [
        "b <phase- gate:p", "c <phase- gate:p", "gate:p <phase- a", "gate:q <phase- b", "gate:r <phase- c",
      ]
    ),
  ]) func edgesComeFromWhatThePlanSays(text: String, expected: [String]) {
    #expect(StepGraphTests.edges(text) == expected)
  }

  @Test func nodesAreStepsThenGatesThenFinally() {
    let graph = StepGraph(PlanSketch("phase: p\na phase=p\nb\nfinally:\nz").plan)
    #expect(graph.nodes.map(\.id) == ["a", "b", "gate:p", "z"])
    #expect(graph.nodes.map(\.kind) == [.step(0), .step(1), .gate(0), .finally(0)])
    #expect(graph.index(of: "gate:p") == 2 && graph.index(of: "z") == 3 && graph.index(of: "p") == nil)
    #expect(graph.stepCount == 2 && graph.finallyStart == 3 && graph.phase(of: 0) == 0 && graph.phase(of: 1) == nil)
  }

  @Test(arguments: [
    ("c needs=a\nb\na", "b a c"),
    ("a\nb\nc", "a b c"),
    ("phase: p\nphase: q\nb phase=q\na phase=p", "a gate:p b gate:q"),
    ("phase: p\na phase=p\nfree\nfinally:\nz", "a gate:p free z"),
  ]) func orderIsStable(text: String, expected: String) throws {
    let graph = StepGraph(PlanSketch(text).plan)
    #expect(try #require(graph.topologicalOrder()).map { graph.nodes[$0].id }.joined(separator: " ") == expected)
  }

  @Test func aCycleHasNoOrder() {
    let sketch = PlanSketch("a needs=b\nb needs=a")
    let graph = StepGraph(sketch.plan)
    #expect(graph.topologicalOrder() == nil && graph.layers() == nil && graph.criticalPath(of: sketch.plan) == nil)
  }

  @Test func layersStandAfterAllTheyNeed() throws {
    let graph = StepGraph(PlanSketch("a\nb needs=a\nc needs=a\nd needs=b,c\ne\nfinally:\ny\nz needs=y").plan)
    let layers = try #require(graph.layers()).map { $0.map { graph.nodes[$0].id }.sorted().joined(separator: " ") }
    #expect(layers == ["a e", "b c", "d", "y", "z"])
  }

  @Test(arguments: [
    ("a est=5\nb est=7\nc needs=a,b est=1", "b c", 8, 13),
    ("a est=2-5\nb needs=a\nc needs=b est=1", "a b c", 6, 6),
    ("a\nb needs=a\nc", "a b", 0, 0),
    // A phase's estimate counts where its steps have none.
    ("phase: p est=60\nphase: q\na phase=p\nb phase=q est=5\nfree est=30", "a b", 65, 95),
    ("phase: p est=60\nphase: q\na phase=p est=1\nb phase=q est=5\nfree est=30", "free", 30, 36),
    ("a est=9223372036854775807\nb needs=a est=9", "a b", Int.max, Int.max),
  ]) func criticalPathIsTheLongestChain(text: String, ids: String, minutes: Int, sum: Int) throws {
    let sketch = PlanSketch(text)
    let path = try #require(StepGraph(sketch.plan).criticalPath(of: sketch.plan))
    #expect(path.ids.joined(separator: " ") == ids)
    #expect(path.minutes == minutes && path.summedHighMinutes == sum)
  }

  @Test func tooManyInferredEdgesAreRefused() {
    var plan = Plan(title: "Wide", path: "p")
    for index in 0..<1100 {
      var writer = PlanSketch("w\(index)").plan.steps[0]
      writer.outputs = [PathPattern("out")]
      plan.steps.append(writer)
      var reader = PlanSketch("r\(index)").plan.steps[0]
      reader.inputs = [PathPattern("out")]
      plan.steps.append(reader)
    }
    let (graph, findings) = GraphRules.check(plan)
    #expect(graph.isTooDense && graph.edges.count == 1_000_000)
    #expect(findings.contains { $0.rule.code == "EP318" })
  }

  @Test func tooManyGlobsAreRefused() {
    var plan = Plan(title: "Wide", path: "p")
    plan.order = .graph
    plan.hasExplicitOrder = true
    for index in 0..<2000 {
      var step = PlanSketch("s\(index)").plan.steps[0]
      step.outputs = [PathPattern("**/\(index)*")]
      step.inputs = [PathPattern("*\(index)/**")]
      plan.steps.append(step)
    }
    #expect(GraphRules.check(plan) { _, _ in false }.diagnostics.map(\.rule.code) == ["EP318"])
  }
}
