internal import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  static let onInterrupt = Rule(
    "EP402", "contradicting-interrupt",
    summary: "idempotent and on_interrupt contradict each other",
    explanation: """
      `idempotent: true` says that running the step again is harmless; `on_interrupt: ask` or `fail` says that it \
      is not. Of `on_interrupt: rerun` and `idempotent: false` the same is true. Keep the one that is meant.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: sync
          run: rsync -a src/ dst/
          idempotent: true
          on_interrupt: fail
      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: sync
          run: rsync -a src/ dst/
          idempotent: true
      """)
}

/// EP402.
enum OnInterruptRule {
  static func check(_ plan: Plan, _: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    plan.eachStep { step in
      guard let idempotent = step.idempotent, let onInterrupt = step.onInterrupt else { return }
      let contradicts =
        switch onInterrupt {
        case .ask, .fail: idempotent
        case .rerun: !idempotent
        case .verify, .reattach: false
        }
      guard contradicts else { return }
      collector.report(
        .onInterrupt, step.id.range,
        "\"\(step.id.value)\" says \"idempotent: \(idempotent)\" and \"on_interrupt: \(onInterrupt.rawValue)\"",
        notes: ["remove one of the two"])
    }
  }
}
