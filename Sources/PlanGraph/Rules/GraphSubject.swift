internal import Diagnostics
internal import PlanModel
internal import SourceText

/// What the rules look at: the plan, its graph, its files, and who comes before whom.
struct GraphSubject {
  typealias NodeAndStep = (node: Int, step: Step)

  let plan: Plan
  private let traits: StepTraits
  let graph: StepGraph
  let files: FileTable
  let reach: Reachability
  /// Nodes that need something that does not exist: what is upstream of them is not known.
  let hasBrokenNeed: [Bool]

  init(_ plan: Plan, overlap: @escaping (PathPattern, PathPattern) -> Bool) {
    self.plan = plan
    traits = plan.traits
    files = FileTable(plan, overlap: overlap)
    let graph = StepGraph(plan, files: files)
    self.graph = graph
    reach = Reachability(graph)
    var hasBrokenNeed = [Bool](repeating: false, count: graph.nodes.count)
    let steps = plan.steps.span
    for index in steps.indices where !graph.hasEdges(forAllNeedsOf: steps[index], index) {
      hasBrokenNeed[index] = steps[index].needs.contains {
        graph.index(of: $0.value).map { $0 >= graph.stepCount } ?? true
      }
    }
    for (index, step) in plan.finally.enumerated() {
      let isKnown = { (id: String) in (graph.index(of: id) ?? -1) >= graph.finallyStart }
      hasBrokenNeed[graph.finallyStart + index] = step.needs.contains { !isKnown($0.value) }
    }
    self.hasBrokenNeed = hasBrokenNeed
  }

  /// Every step with its node, the main part first.
  var steps: NodesAndSteps { NodesAndSteps(plan: plan, finallyStart: graph.finallyStart) }

  /// Those steps that a rule is about, each with its node; the others are not copied.
  ///
  /// - Parameter some: only steps with one of these are wanted.
  func steps(with some: StepTraits, where isWanted: (borrowing Step) -> Bool = { _ in true }) -> [NodeAndStep] {
    if traits.isDisjoint(with: some) { return [] }
    return steps { _, step in !step.traits.isDisjoint(with: some) && isWanted(step) }
  }

  func steps(where isWanted: (Int, borrowing Step) -> Bool) -> [NodeAndStep] {
    var found: [NodeAndStep] = []
    let main = plan.steps.span
    for index in main.indices where isWanted(index, main[index]) { found.append((index, main[index])) }
    let finally = plan.finally.span
    for index in finally.indices {
      let node = graph.finallyStart + index
      if isWanted(node, finally[index]) { found.append((node, finally[index])) }
    }
    return found
  }

  func step(_ node: Int) -> Step? { graph.step(node, in: plan) }

  /// The node as messages name it.
  func name(_ node: Int) -> String {
    if case .approval(let phase?) = graph.nodes[node].kind { return "approval of \(plan.phases[phase].id.value)" }
    if case .gate(let phase) = graph.nodes[node].kind { return "gate of \(plan.phases[phase].id.value)" }
    return graph.nodes[node].id
  }

  /// How many misspelt names get a suggestion: each costs a look at every id.
  var suggestionBudget: Int { max(1, min(20, 200_000 / max(1, graph.nodes.count))) }

  /// For each pair, whether one of the two is known to come before the other. The steps of `finally` come after
  /// all others.
  func areOrdered(_ pairs: [(Int, Int)]) -> [Bool] {
    let questions = pairs.map { a, b in
      reach.position(a) <= reach.position(b) ? (upstream: a, of: b) : (upstream: b, of: a)
    }
    var answers = reach.isUpstream(questions)
    for (index, pair) in pairs.enumerated() where graph.nodes[pair.0].isFinally != graph.nodes[pair.1].isFinally {
      answers[index] = true
    }
    return answers
  }
}
