package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP301: a need names a step that does not exist.
  package static let unknownDependency = Rule(
    "EP301", "unknown-dependency",
    summary: "a need names a step that does not exist",
    explanation: """
      Each entry of "needs" is the id of another step of the same plan. Phases can't be needed by a step: a step that
      belongs to a phase waits for the phases before it by itself.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
        - id: load
          needs: [fetsh]
          run: make load
      """,
    good: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
        - id: load
          needs: [fetch]
          run: make load
      """)
}

extension GraphSubject {
  /// EP301, EP302, EP304 and EP317: the entries of `needs` one by one.
  func checkNeeds(into collector: inout DiagnosticCollector) {
    let phases = Set(plan.phases.map(\.id.value))
    var suggestions = suggestionBudget
    let hasLater = !steps(with: .details, where: { $0.expansion != nil }).isEmpty
    for (node, step) in steps(where: { hasLater && namesTemplate($1) || !graph.hasEdges(forAllNeedsOf: $1, $0) }) {
      if step.standsForOthers { continue }
      var seen: [String: SourceRange] = [:]
      for need in step.needs {
        if step.needs.count > 1, let first = seen.updateValue(need.range, forKey: need.value) {
          collector.report(
            .repeatedDependency, need.range, "\"\(step.id.value)\" needs \"\(need.value)\" twice",
            notes: ["remove one of the two"], related: [.init("named here first", first)])
          continue
        }
        if need.value == step.id.value {
          collector.report(
            .selfDependency, need.range, "\"\(step.id.value)\" needs itself",
            notes: ["remove it from needs, or name the step that comes before"])
        } else if let group = laterGroup(of: need.value) {
          collector.report(
            .unknownDependency, need.range,
            "\"\(step.id.value)\" needs \"\(need.value)\", and the items of \"\(group)\" are not known before the run",
            notes: ["write \"needs: [\(group)]\": it waits for all of them"])
        } else if let other = graph.index(of: need.value), !graph.nodes[other].isGate {
          if graph.nodes[other].isFinally != graph.nodes[node].isFinally {
            reportAcrossFinally(step, need, other, into: &collector)
          }
        } else if phases.contains(need.value) {
          collector.report(
            .unknownDependency, need.range, "\"\(need.value)\" is a phase, and needs name steps only",
            notes: ["steps wait for the phases before theirs by themselves; else name the steps of the phase"])
        } else {
          reportUnknown(step, need, &suggestions, into: &collector)
        }
      }
    }
  }

  /// Whether a need is the step that finds the items of another: only what stands for the items waits for that.
  private func namesTemplate(_ step: borrowing Step) -> Bool {
    !step.standsForOthers && step.needs.contains { $0.value.hasSuffix("[*]") }
  }

  /// The step of which an id names an item that only a run will find.
  private func laterGroup(of id: String) -> String? {
    guard id.hasSuffix("]"), let open = id.firstIndex(of: "["), case let group = String(id[..<open]),
      let node = graph.index(of: group), step(node)?.group?.expansion != nil
    else { return nil }
    return group
  }

  private func reportUnknown(
    _ step: Step, _ need: Located<String>, _ suggestions: inout Int, into collector: inout DiagnosticCollector
  ) {
    var nearest: String?
    if suggestions > 0 {
      suggestions -= 1
      nearest = NearestName.of(need.value, among: graph.nodes.lazy.filter { !$0.isGate }.map(\.id))
    }
    if nearest == step.id.value { nearest = nil }
    collector.report(
      .unknownDependency, need.range, "\"\(step.id.value)\" needs \"\(need.value)\", which is no step of this plan",
      notes: [nearest.map { "did you mean \"\($0)\"?" } ?? "name a step of this plan, or remove the entry"],
      fix: nearest.map { FixIt("write \"\($0)\"", [.init(need.range, with: $0)], isSafe: false) })
  }
}
