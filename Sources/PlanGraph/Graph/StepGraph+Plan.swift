package import PlanModel
internal import SourceText

extension StepGraph {
  /// Builds the graph of a plan. Linear in steps, needs and literal paths; globs are compared only with what
  /// shares their literal beginning.
  ///
  /// - Parameter overlap: whether some path matches both patterns; asked only where one of them is a glob.
  package init(_ plan: Plan, overlap: @escaping (PathPattern, PathPattern) -> Bool = PathOverlap.isPossible) {
    self.init(plan, files: FileTable(plan, overlap: overlap))
  }

  init(_ plan: Plan, files: FileTable) {
    let stepCount = plan.steps.count
    let approvalStart = stepCount + plan.phases.count
    let approvals = StepGraph.approvals(of: plan)
    let finallyStart = approvalStart + approvals.count
    var nodes: [GraphNode] = []
    nodes.reserveCapacity(finallyStart + plan.finally.count)
    let main = plan.steps.span
    for index in main.indices { nodes.append(GraphNode(.step(index), id: main[index].id.value)) }
    for (index, phase) in plan.phases.enumerated() {
      nodes.append(GraphNode(.gate(index), id: "gate:\(phase.id.value)"))
    }
    nodes += approvals
    for (index, step) in plan.finally.enumerated() { nodes.append(GraphNode(.finally(index), id: step.id.value)) }

    let indices = StepGraph.indices(of: nodes[...])
    var phaseIndices: [String: Int32] = [:]
    for (index, phase) in plan.phases.enumerated() where phaseIndices[phase.id.value] == nil {
      phaseIndices[phase.id.value] = Int32(index)
    }
    let phaseOfStep =
      phaseIndices.isEmpty
      ? [Int32](repeating: -1, count: stepCount)
      : plan.steps.indices.map { plan.steps[$0].phase.flatMap { phaseIndices[$0.value] } ?? -1 }

    var edges: [GraphEdge] = []
    edges.reserveCapacity(stepCount + stepCount / 2)
    if plan.order == .listed {
      StepGraph.appendListed(plan.steps, from: 0, to: &edges)
      StepGraph.appendListed(plan.finally, from: finallyStart, to: &edges)
      StepGraph.appendGroups(plan.steps, from: 0, indices, to: &edges)
      StepGraph.appendGroups(
        plan.finally, from: finallyStart, StepGraph.indices(of: nodes[finallyStart...]), to: &edges)
    } else {
      StepGraph.appendNeeds(plan.steps, from: 0, indices, to: &edges)
      StepGraph.appendNeeds(
        plan.finally, from: finallyStart, StepGraph.indices(of: nodes[finallyStart...]), to: &edges)
    }
    let (fileEdges, isTooDense) = files.edges(finallyStart: finallyStart)
    edges += fileEdges
    StepGraph.appendPhases(plan, phaseOfStep: phaseOfStep, indices: phaseIndices, to: &edges)
    StepGraph.appendGates(plan, to: &edges)
    StepGraph.appendEnds(plan.steps, to: &edges)
    StepGraph.appendApprovals(
      plan, nodes[approvalStart..<finallyStart], phaseOfStep: phaseOfStep, phaseIndices, to: &edges)
    self.init(
      nodes: nodes, indices: indices, edges: edges, stepCount: stepCount, phaseOfStep: phaseOfStep,
      phaseCount: plan.phases.count, approvalCount: approvals.count,
      isTooDense: isTooDense || files.isTooDense)
  }

  /// - Parameter indices: the nodes of all steps of the part, at least.
  private static func appendNeeds(
    _ steps: [Step], from start: Int, _ indices: [String: Int32], to edges: inout [GraphEdge]
  ) {
    let part = start..<start + steps.count
    let steps = steps.span
    for index in steps.indices {
      for need in steps[index].needs {
        guard let needed = indices[need.value].map(Int.init), part.contains(needed), needed != start + index else {
          continue
        }
        edges.append(GraphEdge(from: needed, to: start + index, .needs, need.range))
      }
    }
  }

  private static func appendPhases(
    _ plan: Plan, phaseOfStep: [Int32], indices: [String: Int32], to edges: inout [GraphEdge]
  ) {
    if plan.phases.isEmpty { return }
    let gates = plan.steps.count
    let steps = CompactLists(count: plan.phases.count + 1, keys: phaseOfStep.lazy.map { $0 + 1 })
    for (index, phase) in plan.phases.enumerated() {
      let before: [Located<Int>] =
        if let needs = phase.needs {
          needs.compactMap { need in indices[need.value].map { Located(Int($0), need.range) } }
        } else {
          index > 0 ? [Located(index - 1, phase.id.range)] : []
        }
      let members = steps[index + 1]
      for step in members {
        let range = plan.steps[Int(step)].phase?.range ?? phase.id.range
        for earlier in before { edges.append(GraphEdge(from: gates + earlier.value, to: Int(step), .phase, range)) }
        edges.append(GraphEdge(from: Int(step), to: gates + index, .phase, range))
      }
      // A phase without steps still passes on what it waits for.
      if members.isEmpty {
        for earlier in before where earlier.value != index {
          edges.append(GraphEdge(from: gates + earlier.value, to: gates + index, .phase, earlier.range))
        }
      }
    }
  }

  /// Every gate waits for what nothing else waits for, steps and the gates of phases, and so for all of it.
  private static func appendGates(_ plan: Plan, to edges: inout [GraphEdge]) {
    let gates = plan.steps.indices.filter { plan.steps[$0].isGate }
    if gates.isEmpty { return }
    let end = plan.steps.count + plan.phases.count
    var isEnd = [Bool](repeating: true, count: end)
    for gate in gates { isEnd[gate] = false }
    for edge in edges where edge.to < end && !(edge.to < plan.steps.count && plan.steps[edge.to].isGate) {
      if edge.from < end { isEnd[edge.from] = false }
    }
    let last = isEnd.indices.filter { isEnd[$0] }
    // In a large plan with many gates they run one after another, so that the edges do not become too many.
    let isChained = gates.count > 1 && last.count * gates.count > max(10_000, 4 * plan.steps.count)
    for (position, gate) in gates.enumerated() {
      let range = plan.steps[gate].id.range
      if isChained, position > 0 {
        edges.append(GraphEdge(from: gates[position - 1], to: gate, .gate, range))
      } else {
        for step in last { edges.append(GraphEdge(from: step, to: gate, .gate, range)) }
      }
    }
  }
}
