package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP309: steps without any dependency in a plan that does not say how its steps are ordered.
  package static let undecidedOrder = Rule(
    "EP309", "undecided-order", .warning,
    summary: "steps without any dependency start together, and the plan does not say that they may",
    explanation: """
      In a YAML plan the order of the list means nothing by itself: steps start as soon as what they need is done. Many
      other tools run a list from top to bottom. Write "order: listed" for that, or "order: graph" to say that these
      steps may start together. A step that another one needs is not counted: its place is clear.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
        - id: load
          run: make load
      """,
    good: """
      execplan: 1
      title: Nightly load
      order: listed
      steps:
        - id: fetch
          run: make fetch
        - id: load
          run: make load
      """)
}

extension GraphSubject {
  /// Counted are steps that nothing but a phase orders, where two or more of one phase (or of none) start together.
  /// Checks alone read only, so their order does not matter.
  func checkUndecidedOrder(into collector: inout DiagnosticCollector) {
    if plan.hasExplicitOrder || plan.order == .listed { return }
    var groups = [[Int]](repeating: [], count: plan.phases.count + 1)
    for node in 0..<graph.stepCount where plan.steps[node].needs.isEmpty && isIsolated(node) {
      // Items of one step start together by its "foreach".
      if let item = plan.steps[node].item, item.index > 0 { continue }
      if plan.steps[node].isCalled { continue }
      groups[Int(graph.phaseOfStep[node]) + 1].append(node)
    }
    let loose = groups.filter { $0.count > 1 && $0.contains { plan.steps[$0].action.kind != .check } }.joined().sorted()
    guard let first = loose.first else { return }
    let names = loose.prefix(5).map { "\"\(name($0))\"" }.joined(separator: ", ") + (loose.count > 5 ? ", …" : "")
    collector.report(
      .undecidedOrder, plan.steps[first].id.range, "these \(loose.count) steps start together: \(names)",
      notes: ["write \"order: listed\" to run them from top to bottom, or \"order: graph\" to keep it"],
      related: loose.dropFirst().prefix(5).map { .init("\"\(name($0))\" starts at once, too", plan.steps[$0].id.range) }
    )
  }

  private func isIsolated(_ node: Int) -> Bool {
    graph.needs(of: node).allSatisfy { $0.kind == .phase }
      && graph.dependents(of: node).allSatisfy { edge in
        edge.kind == .phase || (isGroup(edge.to, of: node) && isWaitedForByPhases(edge.to))
      }
  }

  private func isGroup(_ node: Int, of member: Int) -> Bool {
    node < graph.stepCount && plan.steps[member].groupID == plan.steps[node].id.value
  }

  private func isWaitedForByPhases(_ node: Int) -> Bool {
    graph.dependents(of: node).allSatisfy { $0.kind == .phase }
  }
}
