internal import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  static let everyRun = Rule(
    "EP412", "runs-in-every-run", .info,
    summary: "a step that runs again in every new run",
    explanation: """
      Nothing says whether the step has something to do, so every new run runs it. That is right for tests and \
      builds that know themselves what is new. For others add `inputs` and `outputs`, `creates`, `unless` or \
      `once`. It is never run twice within one run.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: compile
          run: cc -o app app.c
      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: compile
          run: cc -o app app.c
          inputs: [app.c]
          outputs: [app]
      """)
}

/// EP412, one finding for a whole plan.
enum EveryRunRule {
  static func check(_ plan: Plan, _: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    let steps = plan.steps.indices.filter { index in
      switch plan.steps[index].idempotence {
      case .none, .declared: !plan.steps[index].once && !plan.steps[index].always
      default: false
      }
    }
    guard let first = steps.first.map({ plan.steps[$0].id }) else { return }
    let names = steps.prefix(5).map { plan.steps[$0].id.value }.joined(separator: ", ") + (steps.count > 5 ? ", …" : "")
    collector.report(
      .everyRun, first.range,
      steps.count == 1
        ? "1 step runs again in every new run: \(names)" : "\(steps.count) steps run again in every new run: \(names)",
      notes: [
        "add \"inputs\" and \"outputs\", \"creates\", \"unless\" or \"once\"; or \"always: true\" if that is meant"
      ])
  }
}
