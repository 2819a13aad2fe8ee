package import Digest
package import PlanGraph
package import PlanModel
internal import SourceText

/// A plan with everything about it that does not change while it is planned or executed.
package struct PlannedPlan: Sendable {
  package internal(set) var plan: Plan
  package internal(set) var graph: StepGraph
  /// By the indices of the graph.
  package internal(set) var nodes: [PlannedNode]
  /// Nodes so that each comes after what it needs.
  package internal(set) var order: [Int]
  package internal(set) var writers: PathWriters
  package let statics: StaticScope
  /// Whether `foreach` stands in the plan.
  package let hasGroups: Bool
  package internal(set) var calledParts: CalledParts
  /// Steps that find their items while the plan is executed, each with the step that stands for the items.
  package let templates: [(node: Int, group: Int)]
  /// By step that finds items, the step that stands for them.
  let groupOfTemplate: [Int: Int]
  /// Those of them whose items the plan holds.
  package internal(set) var expanded: Set<Int> = []
  /// The digests of dotenv files, which are part of the definition of each step.
  let dotenv: [(name: String, digest: String)]

  /// - Returns: nil when the graph has a cycle.
  package init?(_ plan: Plan, _ graph: StepGraph) {
    guard let order = graph.topologicalOrder() else { return nil }
    let statics = StaticScope(plan: plan)
    self.plan = plan
    self.graph = graph
    self.order = order
    self.statics = statics
    // By digest: a definition is stored and shown. A secret's value enters nothing, not even by digest.
    let sources = plan.secretVariables
    let dotenv = plan.dotenv.variables.filter { !sources.contains($0.name) }.map {
      (name: $0.name, digest: SHA256.digest(of: $0.value).hex)
    }
    self.dotenv = dotenv
    let nodes = graph.nodes.map { node in
      let step: Step
      var phase: String?
      switch node.kind {
      case .step(let index):
        step = plan.steps[index]
        phase = step.phase?.value
      case .finally(let index):
        step = plan.finally[index]
        phase = step.phase?.value
      case .gate(let index):
        let gate = plan.phases[index]
        step = Step(id: Located(node.id, gate.id.range), action: .check(CheckAction(checks: gate.gate)))
        phase = gate.id.value
      case .approval(let index):
        let approved = index.map { plan.phases[$0] }
        step = Step(
          id: Located(node.id, approved?.id.range ?? .fileStart),
          action: .approve(
            ApproveAction(message: Template(literal: approved.map { "phase \"\($0.id.value)\"" } ?? "the plan"))))
        phase = approved?.id.value
      }
      let definition = step.definition(statics: statics, planEnvironment: plan.environment(of: step), dotenv: dotenv)
      return PlannedNode(
        step: step, phase: phase, isGate: node.isGate, isFinally: node.isFinally || step.closes != nil,
        definition: definition,
        digest: definition.digest)
    }
    let hasGroups = nodes.contains { $0.step.group != nil }
    self.nodes = nodes
    self.hasGroups = hasGroups
    calledParts = CalledParts(nodes)
    let templates =
      hasGroups
      ? nodes.indices.compactMap { group in
        nodes[group].step.group?.expansion.flatMap(graph.index(of:)).map { (node: $0, group: group) }
      } : []
    self.templates = templates
    groupOfTemplate = Dictionary(templates.map { ($0.node, $0.group) }, uniquingKeysWith: { first, _ in first })
    writers = PathWriters(nodes: nodes, order: order)
  }

  /// The ids of the steps and groups that a node needs directly; gates that only order are passed over.
  package func needIDs(of node: Int) -> [String] {
    graph.holders(of: graph.template(of: node) ?? node).map { nodes[$0] }.filter(\.hasResult).map(\.id)
  }

  /// The canonical text of all definitions: what a run stores, so that later changes can be shown by field and
  /// a step can be resolved when the plan no longer parses. Items that a run has found are no part of the plan.
  package var canonical: Value {
    .map([
      .init("title", .string(plan.title)),
      .init("steps", .list(listedNodes.filter { !nodes[$0].isBarrier && !nodes[$0].step.isFound }.map(canonical))),
      .init(
        "barriers",
        .list(
          nodes.indices.filter { nodes[$0].isBarrier }.map { index in
            let after = graph.holders(of: index).map { nodes[$0] }.filter { !$0.step.isFound }
            return .map([
              .init("id", .string(nodes[index].id)), .init("after", .list(after.map { .string($0.id) })),
            ])
          })),
      .init("phases", .list(plan.phases.map(PlannedPlan.canonical))),
    ])
  }

  /// What is told of a phase in reports.
  private static func canonical(_ phase: Phase) -> Value {
    .map([
      .init("id", .string(phase.id.value)), .init("title", phase.title.map(Value.string) ?? .null),
      .init("objective", phase.objective.map(Value.string) ?? .null),
      .init("deliverables", .list(phase.deliverables.map(Value.string))),
    ])
  }

  private func canonical(_ index: Int) -> Value {
    let node = nodes[index]
    var entries: [Value.Entry] = [
      .init("id", .string(node.id)), .init("phase", node.phase.map(Value.string) ?? .null),
      .init("finally", .bool(node.isFinally)), .init("idempotence", .string(node.step.idempotence.rawValue)),
      .init("definition", .map(node.definition.fields.map { .init($0.name, .list($0.values.map(Value.string))) })),
    ]
    if node.isTemplate, let group = group(of: index) { entries.append(.init("finds", .string(nodes[group].id))) }
    let after = undeclaredNeeds(of: index)
    if !after.isEmpty { entries.append(.init("after", .list(after))) }
    if let call = node.step.closes { entries.append(.init("closes", .string(call))) }
    if let title = node.step.title { entries.append(.init("title", .string(title))) }
    if !node.step.undoes.isEmpty { entries.append(.init("undoes", .list(node.step.undoes.map { .string($0.value) }))) }
    return .map(entries)
  }

  /// What a node waits for beyond the `needs` of its definition: by the order of the plan, files, values, gates.
  private func undeclaredNeeds(of index: Int) -> [Value] {
    let declared = Set(nodes[index].step.needs.map(\.value))
    return graph.holders(of: index).map { nodes[$0] }.filter { !$0.step.isFound && !declared.contains($0.id) }.map {
      .string($0.id)
    }
  }

  /// The canonical text as a run stores it.
  ///
  /// - Parameter source: the text of the plan's file; kept only where something of the run may have to be executed
  ///   after the file has changed.
  package func storedText(source: String?) -> String {
    guard let source, nodes.contains(where: \.isFinally), case .map(var entries) = canonical else {
      return JSONWriter.compact(canonical)
    }
    entries.append(.init("source", .string(source)))
    return JSONWriter.compact(.map(entries))
  }

  /// The digest of all definitions together.
  package var digest: SHA256Digest {
    var hash = SHA256()
    for node in nodes where !node.isBarrier && !node.step.isFound {
      hash.update(node.id)
      hash.update([0])
      hash.update(node.digest.bytes)
    }
    return hash.finish()
  }
}
