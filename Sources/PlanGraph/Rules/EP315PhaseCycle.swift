package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP315: a dependency runs against the order of the phases.
  package static let phaseCycle = Rule(
    "EP315", "phase-cycle",
    summary: "a dependency runs against the order of the phases",
    explanation: """
      Phases run in the order in which they are listed: every step of a phase waits for the gate of the phase before.
      So no step can need one of a later phase. Move one of the two steps, or say with "needs" on the phase what it
      waits for ("needs: []" frees it).
      """,
    bad: """
      execplan: 1
      title: Nightly load
      phases:
        - {id: extract}
        - {id: load}
      steps:
        - id: fetch
          phase: extract
          needs: [schema]
          run: make fetch
        - id: schema
          phase: load
          run: make schema
      """,
    good: """
      execplan: 1
      title: Nightly load
      phases:
        - {id: extract}
        - {id: load}
      steps:
        - id: schema
          phase: extract
          run: make schema
        - id: fetch
          phase: extract
          needs: [schema]
          run: make fetch
        - id: import
          phase: load
          run: make load
      """)
}

extension GraphSubject {
  /// Looks only at cycles that need a phase to close; those without are EP303.
  func checkPhaseCycles(into collector: inout DiagnosticCollector) {
    if plan.phases.isEmpty { return }
    let components = StronglyConnected(graph)
    if components.isAcyclic {
      reportSelfPhases(into: &collector)
      return
    }
    let plain = StronglyConnected(graph) { $0.kind != .phase }
    var search = CycleSearch(graph, components, where: { _ in true })
    search.cover { $0.kind != .phase && plain.component[$0.from] == plain.component[$0.to] }
    for knot in components.knots where knot.contains(where: { graph.nodes[$0].isGate }) {
      // Steps that need steps of another phase are what closes a cycle; phases do so themselves only when no such
      // need is there.
      var found = search.cycles(of: knot) { $0.kind != .phase && graph.phase(of: $0.from) != graph.phase(of: $0.to) }
      if found.cycles.isEmpty { found = search.cycles(of: knot) { $0.kind == .phase } }
      for cycle in found.cycles { reportPhaseCycle(cycle, into: &collector) }
    }
    reportSelfPhases(into: &collector)
  }

  private func reportPhaseCycle(_ cycle: [GraphEdge], into collector: inout DiagnosticCollector) {
    let gate = cycle.lazy.compactMap { edge -> String? in
      if case .gate(let phase) = graph.nodes[edge.from].kind { return plan.phases[phase].id.value }
      return nil
    }.first
    guard let gate else { return }
    let place = cycle.first { $0.kind != .phase } ?? cycle[0]
    collector.report(
      .phaseCycle, place.range, "the order of phase \"\(gate)\" closes a cycle: \(path(cycle))",
      notes: ["move one of these steps to another phase, or write \"needs\" on the phase that need not wait"],
      related: cycle.map { .init(reason($0), $0.range) })
  }

  /// A phase that needs itself makes no cycle of edges when it has no steps.
  private func reportSelfPhases(into collector: inout DiagnosticCollector) {
    for (index, phase) in plan.phases.enumerated() where graph.needs(of: graph.gate(ofPhase: index)).isEmpty {
      for need in phase.needs ?? [] where need.value == phase.id.value {
        collector.report(
          .phaseCycle, need.range, "phase \"\(phase.id.value)\" needs itself", notes: ["remove the need"])
      }
    }
  }
}
