internal import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  static let verify = Rule(
    "EP403", "verify-without-checks",
    summary: "on_interrupt: verify on a step that has nothing to verify",
    explanation: """
      After a crash `on_interrupt: verify` looks whether the checks under `verify` hold: if they do, the step is \
      done, if not, it runs again. Without `verify` there is nothing to look at.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: load
          run: ./load
          on_interrupt: verify
      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: load
          run: ./load
          on_interrupt: verify
          verify:
            - exists: loaded.txt
      """)
}

/// EP403.
enum VerifyRule {
  static func check(_ plan: Plan, _: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    plan.eachStep { step in
      guard step.onInterrupt == .verify, step.verify.isEmpty else { return }
      collector.report(
        .verify, step.id.range, "\"\(step.id.value)\" says \"on_interrupt: verify\" and has no \"verify\"",
        notes: ["add \"verify\" with a check that is true only when the step's effect is complete"])
    }
  }
}
