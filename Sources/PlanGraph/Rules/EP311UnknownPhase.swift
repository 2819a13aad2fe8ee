package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP311: a step or a phase names a phase that does not exist.
  package static let unknownPhase = Rule(
    "EP311", "unknown-phase",
    summary: "a step or a phase names a phase that does not exist",
    explanation: "The phase of a step, and what a phase needs, are ids from the list \"phases\" of the same plan.",
    bad: """
      execplan: 1
      title: Nightly load
      phases:
        - {id: extract}
      steps:
        - id: fetch
          phase: extrakt
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
  func checkPhaseNames(into collector: inout DiagnosticCollector) {
    let known = Set(plan.phases.map(\.id.value))
    var suggestions = 20
    func check(_ name: Located<String>, _ who: String) {
      if known.contains(name.value) { return }
      suggestions -= 1
      let nearest = suggestions < 0 ? nil : NearestName.of(name.value, among: plan.phases.lazy.map(\.id.value))
      let list = plan.phases.prefix(12).map { "\"\($0.id.value)\"" }.joined(separator: ", ")
      collector.report(
        .unknownPhase, name.range, "\(who) names the phase \"\(name.value)\", which this plan does not have",
        notes: [
          nearest.map { "did you mean \"\($0)\"?" }
            ?? (list.isEmpty ? "list it under \"phases\"" : "the phases are \(list)")
        ], fix: nearest.map { FixIt("write \"\($0)\"", [.init(name.range, with: $0)], isSafe: false) })
    }
    for (_, step) in steps(with: .phase) {
      if let phase = step.phase { check(phase, "\"\(step.id.value)\"") }
    }
    for phase in plan.phases { for need in phase.needs ?? [] { check(need, "phase \"\(phase.id.value)\"") } }
  }
}
