internal import Diagnostics
package import PlanModel
internal import SourceText

/// Finds the steps that a command line names: by id, `label:NAME`, the id of a group, or one item, `fetch[eu]`.
package struct StepNames {
  private let graph: StepGraph
  private let plan: Plan

  package init(_ graph: StepGraph, _ plan: Plan) {
    self.graph = graph
    self.plan = plan
  }

  /// The nodes of some names; a group counts with all its members.
  package func union(_ names: [String], mayBeFinally: Bool = false) throws(SelectionError) -> Set<Int> {
    var found: Set<Int> = []
    for name in names { found.formUnion(try nodes(name, mayBeFinally: mayBeFinally)) }
    return found
  }

  /// The ids of the steps that are meant, those that stand for groups left out.
  package func ids(_ name: String) throws(SelectionError) -> [String] {
    try nodes(name, mayBeFinally: true).filter { graph.step($0, in: plan)?.standsForOthers != true }.map {
      graph.nodes[$0].id
    }
  }

  package func nodes(_ name: String, mayBeFinally: Bool) throws(SelectionError) -> [Int] {
    if name.hasPrefix("label:") {
      let label = String(name.dropFirst("label:".count))
      let found = graph.mainSteps.filter { graph.step($0, in: plan)?.labels.contains(label) ?? false }
      if !found.isEmpty { return found }
      let labels = Set(plan.steps.flatMap(\.labels)).sorted()
      throw .unknownStep(name: name, nearest: NearestName.of(label, among: labels).map { "label:" + $0 })
    }
    var node = graph.index(of: name) ?? ForeachItem.canonicalID(name).flatMap(graph.index(of:))
    // Who names what finds the items means all of them.
    if let found = node, let step = graph.step(found, in: plan), step.expansion != nil {
      node = step.groupID.flatMap(graph.index(of:))
    }
    guard let node, !graph.nodes[node].isGate, !graph.nodes[node].isApproval else {
      if let group = laterGroup(of: name) { throw .unknownItem(name, group: group) }
      throw .unknownStep(name: name, nearest: NearestName.of(name, among: plan.steps.lazy.map(\.id.value)))
    }
    if graph.nodes[node].isFinally, !mayBeFinally { throw .finallyStep(name) }
    guard let group = graph.step(node, in: plan)?.group else { return [node] }
    var nodes = [node]
    if let finder = group.expansion.flatMap(graph.index(of:)) { nodes.append(finder) }
    for id in group.members.map(\.step) + group.closing where graph.index(of: id) != nil {
      nodes += try self.nodes(id, mayBeFinally: mayBeFinally)
    }
    return nodes
  }

  /// The step of which a name is an item that no run has found.
  private func laterGroup(of name: String) -> String? {
    guard name.hasSuffix("]"), let open = name.firstIndex(of: "["), case let group = String(name[..<open]),
      let node = graph.index(of: group), graph.step(node, in: plan)?.group?.expansion != nil
    else { return nil }
    return group
  }

  package func members(ofPhases phases: [String]) throws(SelectionError) -> Set<Int> {
    var wanted: Set<Int> = []
    for name in phases {
      guard let index = plan.phases.firstIndex(where: { $0.id.value == name }) else {
        throw .unknownPhase(name: name, nearest: NearestName.of(name, among: plan.phases.lazy.map(\.id.value)))
      }
      wanted.insert(index)
    }
    return Set(graph.mainSteps.filter { node in graph.phase(of: node).map(wanted.contains) ?? false })
  }

  /// Adds what stands for a group whose members are all there, and takes it out where one is not.
  func settleGroups(of nodes: inout Set<Int>) {
    for index in 0..<graph.stepCount {
      guard let group = plan.steps[index].group else { continue }
      let parts = group.members.map(\.step) + (group.expansion.map { [$0] } ?? [])
      if parts.isEmpty { continue }
      if parts.allSatisfy({ graph.index(of: $0).map(nodes.contains) ?? false }) {
        nodes.insert(index)
      } else {
        nodes.remove(index)
      }
    }
  }
}
