internal import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  static let repeatsBadly = Rule(
    "EP401", "repeats-badly", .warning,
    summary: "a script whose effect adds up when it runs again",
    explanation: """
      The script appends, inserts, posts, commits or publishes, and nothing says whether its effect is there \
      already. After a crash execplan must ask a person what happened, and a new run repeats the effect. Add \
      `creates`, `unless`, or inputs and outputs, or say `idempotent: true` if repeating it is harmless, or say \
      with `on_interrupt` what a crash means, or give it an `undo`.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: log
          run: echo done >> journal.txt
      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: log
          unless: grep -q done journal.txt
          run: echo done >> journal.txt
      """)
}

/// EP401.
enum RepeatsBadlyRule {
  static func check(_ plan: Plan, _: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    let steps = plan.steps.span
    for index in steps.indices where steps[index].idempotence == .none {
      guard let effect = RepeatedEffect.of(steps[index]) else { continue }
      let step = steps[index]
      if step.undo != nil || step.onInterrupt != nil || step.once { continue }
      collector.report(
        .repeatsBadly, step.actionRange,
        "\"\(step.id.value)\" \(effect), and nothing says whether that has happened already",
        notes: [
          "add \"unless\", \"creates\", or \"inputs\" and \"outputs\"; or \"idempotent: true\"; or \"on_interrupt\""
        ])
    }
  }
}
