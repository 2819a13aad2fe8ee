package import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  /// EP310: `needs` in a plan whose steps run as listed.
  package static let needsInListedOrder = Rule(
    "EP310", "needs-in-listed-order",
    summary: "a need in a plan with \"order: listed\"",
    explanation: """
      With "order: listed" each step waits for the one above it, and nothing else orders the steps. The two ways are
      never mixed: write "order: graph" and let each step name what it needs, or remove the needs.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      order: listed
      steps:
        - id: fetch
          run: make fetch
        - id: load
          needs: [fetch]
          run: make load
      """,
    good: """
      execplan: 1
      title: Nightly load
      order: graph
      steps:
        - id: fetch
          run: make fetch
        - id: load
          needs: [fetch]
          run: make load
      """)
}

extension GraphSubject {
  func checkListedOrder(into collector: inout DiagnosticCollector) {
    guard plan.order == .listed else { return }
    for (_, step) in steps(where: { !$1.needs.isEmpty && !$1.standsForOthers && !$1.isCalled }) {
      guard let first = step.needs.first else { continue }
      collector.report(
        .needsInListedOrder, step.needs.reduce(first.range) { $0.union($1.range) },
        "\"\(step.id.value)\" has needs, but the plan says \"order: listed\"",
        notes: ["write \"order: graph\", or remove the needs: the step waits for the one above it"])
    }
  }
}
