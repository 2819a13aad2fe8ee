internal import PlanGraph
package import PlanModel
internal import SourceText

/// Items that are found while the plan is executed (S27).
extension PlannedPlan {
  /// The template whose items a node is one of.
  package func template(of node: Int) -> Int? { graph.template(of: node) }

  /// The step with an id; of an item that is not in the plan, what all items are like.
  package func step(like id: String) -> Step? {
    if let node = graph.index(of: id) { return nodes[node].step }
    guard !templates.isEmpty, id.hasSuffix("]"), let open = id.lastIndex(of: "[") else { return nil }
    return graph.index(of: ForeachItem.templateID(String(id[..<open]))).map { nodes[$0].step }
  }

  /// The node that stands for the items of a template.
  package func group(of template: Int) -> Int? { groupOfTemplate[template] }

  /// The nodes that the step of a node is compared with: those whose results it records and looks at.
  ///
  /// An item looks at what its step needs. A step that only gives the list of the items is none of that: what an item has
  /// of it stands in the definition of the item. If that step makes files as well, it counts.
  package func comparedNeeds(of node: Int) -> [Int] {
    guard let template = template(of: node), let expansion = nodes[template].step.expansion else {
      return graph.holders(of: node).filter { nodes[$0].hasResult }
    }
    let sources = expansion.sources
    return graph.holders(of: template).filter {
      nodes[$0].hasResult && (!sources.contains(nodes[$0].id) || !nodes[$0].step.recordedOutputs.isEmpty)
    }
  }

  /// What the items of a template become in the plan.
  package struct Found: Sendable {
    /// Nodes that were added.
    package var added: [Int] = []
    /// Nodes of items that were found before and are not found any more.
    package var gone: [Int] = []
  }

  /// Puts the steps of items into the plan; of those that were there, it keeps the nodes.
  ///
  /// Costs as much as there are items, not as there are steps. `order` is as before until `settleOrder` is called.
  package mutating func find(_ steps: [Step], by template: Int, for group: Int) -> Found {
    expanded.insert(template)
    var found = Found()
    var members: [StepGroup.Member] = []
    members.reserveCapacity(steps.count)
    var present: Set<Int> = []
    let before = graph.found(by: template)
    for step in steps {
      let id = step.id.value
      members.append(StepGroup.Member(key: step.item?.key ?? "", step: id))
      let node = plannedNode(step, like: template)
      if let index = graph.index(of: id) {
        present.insert(index)
        writers.remove(index, nodes[index].step)
        writers.add(index, step)
        nodes[index] = node
        update(step, at: index)
        continue
      }
      let kind: GraphNode.Kind
      if graph.nodes[template].isFinally {
        kind = .finally(plan.finally.count)
        plan.finally.append(step)
      } else {
        kind = .step(plan.steps.count)
        plan.steps.append(step)
      }
      let index = graph.append(kind, id: id, template: template, group: group)
      nodes.append(node)
      calledParts.add(index, like: template)
      writers.append(index, step, at: template)
      found.added.append(index)
    }
    for node in before where !present.contains(node) {
      writers.remove(node, nodes[node].step)
      found.gone.append(node)
    }
    if var whole = nodes[group].step.group {
      whole.members = members
      nodes[group].step.details.part = .group(whole)
      update(nodes[group].step, at: group)
    }
    return found
  }

  /// The plan itself holds the steps too, for those who look for names in it.
  private mutating func update(_ step: Step, at node: Int) {
    switch graph.nodes[node].kind {
    case .step(let index): plan.steps[index] = step
    case .finally(let index): plan.finally[index] = step
    case .gate, .approval: break
    }
  }

  private func plannedNode(_ step: Step, like template: Int) -> PlannedNode {
    let definition = step.definition(statics: statics, planEnvironment: plan.environment(of: step), dotenv: dotenv)
    return PlannedNode(
      step: step, phase: nodes[template].phase, isGate: false, isFinally: nodes[template].isFinally,
      definition: definition, digest: definition.digest)
  }

  /// Why the steps of items can't be put into the plan; nil if they can.
  ///
  /// The steps before them and those that wait for them may write the same paths: they do so at another time.
  package func problem(withPathsOf steps: [Step], by template: Int) -> String? {
    let others = group(of: template).map { [template, $0] } ?? []
    let before = Set(graph.found(by: template)).union(others)
    var ordered: Set<Int>?
    for step in steps {
      for path in step.recordedOutputs where path.isLiteral && !path.isNegated {
        for writer in writers.all(writing: path.text) where !before.contains(writer) {
          if ordered == nil { ordered = graph.upstream(of: others).union(graph.downstream(of: others)) }
          if ordered?.contains(writer) == true { continue }
          return "\"\(step.id.value)\" and \"\(nodes[writer].id)\" both write \"\(path.text)\", and nothing says "
            + "which comes first: let one need the other, or let them write different paths"
        }
      }
    }
    return nil
  }

  /// Gives what was found its place in `order`: after the step that found it.
  package mutating func settleOrder() {
    order = shown(order.filter { graph.template(of: $0) == nil })
  }

  /// Nodes with those that were found after the ones that found them: as people see them.
  package func shown(_ nodes: [Int]) -> [Int] {
    if templates.isEmpty { return nodes }
    return nodes.flatMap { node in self.nodes[node].isTemplate ? [node] + graph.found(by: node) : [node] }
  }

  /// All nodes as people see them.
  package var shownNodes: [Int] {
    templates.isEmpty ? listedNodes : shown(listedNodes.filter { graph.template(of: $0) == nil })
  }

  /// The nodes as people read the plan: what is asked stands before what it is about.
  var listedNodes: [Int] {
    if graph.approvalCount == 0 { return Array(nodes.indices) }
    let first = graph.finallyStart - graph.approvalCount
    var before: [Int: Int] = [:]
    var whole: [Int] = []
    for node in first..<graph.finallyStart {
      if case .approval(let phase?) = graph.nodes[node].kind { before[phase] = node } else { whole.append(node) }
    }
    var listed = whole
    listed.reserveCapacity(nodes.count)
    for node in nodes.indices where !(first..<graph.finallyStart).contains(node) {
      if node < graph.stepCount, let phase = graph.phase(of: node), let asked = before.removeValue(forKey: phase) {
        listed.append(asked)
      }
      listed.append(node)
    }
    return listed
  }

  /// The plan with the items that a run has found, by the ids of the steps that found them.
  ///
  /// What is no item for the plan as it is now is left out; it is found anew.
  package func finding(_ items: [String: [ForeachItem]]) -> PlannedPlan {
    if items.isEmpty { return self }
    var planned = self
    for (template, group) in templates {
      guard let found = items[nodes[template].id], let expansion = nodes[template].step.expansion,
        let steps = try? expansion.steps(for: found)
      else { continue }
      _ = planned.find(steps, by: template, for: group)
    }
    planned.settleOrder()
    return planned
  }
}
