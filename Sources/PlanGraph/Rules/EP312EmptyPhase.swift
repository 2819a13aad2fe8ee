package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP312: a phase that no step belongs to.
  package static let emptyPhase = Rule(
    "EP312", "empty-phase", .info,
    summary: "a phase has no steps",
    explanation: "Steps join a phase with \"phase: ID\". A phase without steps only runs its gate.",
    bad: """
      execplan: 1
      title: Nightly load
      phases:
        - {id: extract}
        - {id: load}
      steps:
        - id: fetch
          phase: extract
          run: make fetch
      """,
    good: """
      execplan: 1
      title: Nightly load
      phases:
        - {id: extract}
      steps:
        - id: fetch
          phase: extract
          run: make fetch
      """)
}

extension GraphSubject {
  func checkEmptyPhases(into collector: inout DiagnosticCollector) {
    if plan.phases.isEmpty { return }
    var used = Set(graph.phaseOfStep)
    // Phases that a plan lists for people need no steps: they hold tasks, or say what is delivered.
    let described = Set(plan.tasks.compactMap(\.phase?.value))
    for (index, phase) in plan.phases.enumerated() where used.insert(Int32(index)).inserted {
      if described.contains(phase.id.value) || phase.isComponent || plan.isProse { continue }
      collector.report(
        .emptyPhase, phase.id.range, "no step belongs to phase \"\(phase.id.value)\"",
        notes: ["write \"phase: \(phase.id.value)\" in its steps, or remove the phase"])
    }
  }
}
