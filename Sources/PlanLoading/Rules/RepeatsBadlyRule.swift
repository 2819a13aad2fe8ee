internal import Diagnostics
internal import PlanModel

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
  /// What a shell text shows of an effect that repeats badly, with the word for the message.
  static func effect(in text: String) -> String? {
    // $EXECPLAN_OUTPUT and $EXECPLAN_STATE are made anew for every attempt.
    let shown = text.split(separator: "\n").filter {
      !$0.contains("EXECPLAN_OUTPUT") && !$0.contains("EXECPLAN_STATE") && !$0.drop { $0 == " " }.hasPrefix("#")
    }.joined(separator: "\n")
    let lower = shown.lowercased()
    if lower.contains(">>") || lower.contains("tee -a") { return "appends to a file" }
    if lower.contains("insert into"), !lower.contains("on conflict"), !lower.contains("or ignore"),
      !lower.contains("or replace"), !lower.contains("not exists")
    {
      return "inserts rows"
    }
    if lower.contains("-x post") || lower.contains("--request post") || lower.contains("curl -d") { return "sends a POST" }
    if lower.contains("git commit") || lower.contains("git push") || lower.contains("git tag ") {
      return "commits, tags or pushes"
    }
    if lower.contains("npm publish") || lower.contains("twine upload") || lower.contains("cargo publish")
      || lower.contains("docker push") || lower.contains("gh release create")
    {
      return "publishes"
    }
    return nil
  }

  static func check(_ plan: Plan, _: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    for step in plan.steps
    where step.idempotence == .none && step.undo == nil && step.onInterrupt == nil && !step.once {
      let text: String? =
        switch step.action {
        case .run(let run): run.script.text
        case .sql(let sql): SQLStatements.text(of: sql)
        case .exec, .file, .edit, .check, .manual: nil
        }
      guard let text, let effect = effect(in: text) else { continue }
      collector.report(
        .repeatsBadly, step.actionRange,
        "\"\(step.id.value)\" \(effect), and nothing says whether that has happened already",
        notes: ["add \"unless\", \"creates\", or \"inputs\" and \"outputs\"; or \"idempotent: true\"; or \"on_interrupt\""])
    }
  }
}
