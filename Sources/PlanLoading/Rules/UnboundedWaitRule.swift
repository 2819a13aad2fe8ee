internal import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  static let unboundedWait = Rule(
    "EP408", "unbounded-wait", .warning,
    summary: "a step that may wait for ever",
    explanation: """
      What a `wait` step waits for may never come: a server does not start, a file is written to another place. \
      Only a timeout ends the step then, with a message that says what was found last. Give the step a `timeout`, or \
      set one for all under `defaults`.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: up
          wait: {for: {port: 5432}}
      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: up
          timeout: 2m
          wait: {for: {port: 5432}}
      """)
}

/// EP408; and a duration that the step's timeout cuts off.
enum UnboundedWaitRule {
  static func check(_ plan: Plan, _: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    plan.eachStep { step in
      guard case .wait(let wait) = step.action else { return }
      if case .duration(let duration) = wait.condition {
        guard let timeout = step.timeout, timeout <= duration else { return }
        collector.report(
          .conflictingKeys, step.actionRange, "the timeout of the step ends the wait before its duration has passed",
          notes: ["make \"timeout\" longer than \"duration\", or remove it"])
      } else if step.timeout == nil, plan.timeout == nil {
        collector.report(
          .unboundedWait, step.actionRange, "\"\(step.id.value)\" waits for ever if what it waits for does not come",
          notes: ["add \"timeout: 5m\""])
      }
    }
  }
}
