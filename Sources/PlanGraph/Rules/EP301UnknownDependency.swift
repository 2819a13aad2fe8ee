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
    for (node, step) in steps(where: { !graph.hasEdges(forAllNeedsOf: $1, $0) }) {
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
