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
    var count = 0
    var firstOnes: [Located<String>] = []
    let steps = plan.steps.span
    for index in steps.indices where runsAgain(steps[index]) {
      count += 1
      if count <= 5 { firstOnes.append(steps[index].id) }
    }
    guard let first = firstOnes.first else { return }
    let names = firstOnes.map(\.value).joined(separator: ", ") + (count > 5 ? ", …" : "")
    collector.report(
      .everyRun, first.range,
      count == 1
        ? "1 step runs again in every new run: \(names)" : "\(count) steps run again in every new run: \(names)",
      notes: [
        "add \"inputs\" and \"outputs\", \"creates\", \"unless\" or \"once\"; or \"always: true\" if that is meant"
      ])
  }

  private static func runsAgain(_ step: borrowing Step) -> Bool {
    // Only the program of an external action knows whether it looks before it acts.
    if case .uses(let uses) = step.action, uses.description == nil { return false }
    return switch step.idempotence {
    case .none, .declared: !step.once && !step.always
    default: false
    }
  }
}
