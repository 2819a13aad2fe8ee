internal import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  static let unusedSecret = Rule(
    "EP810", "unused-secret", .info,
    summary: "a secret that nothing uses",
    explanation: """
      No step names the secret and no expression reads it, so no program gets it. A step's programs get a secret \
      only when the step says so: by `secrets: [NAME]`, or by an expression in its `env` or in its text.
      """,
    bad: """
      execplan: 1
      title: Example
      secrets:
        PGPASSWORD: {env: PGPASSWORD}
      steps:
        - id: load
          run: psql -f load.sql
          idempotent: true
      """,
    good: """
      execplan: 1
      title: Example
      secrets:
        PGPASSWORD: {env: PGPASSWORD}
      steps:
        - id: load
          secrets: [PGPASSWORD]
          run: psql -f load.sql
          idempotent: true
      """)
}

/// EP810.
enum UnusedSecretRule {
  static func check(_ plan: Plan, _: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    guard !plan.secrets.isEmpty else { return }
    var used: Set<String> = []
    func note(_ references: [Located<Reference>]) {
      for case .secret(let name) in references.map(\.value) { used.insert(name) }
    }
    var rendersFiles = false
    plan.eachStep { step in
      used.formUnion(step.secrets.map(\.value))
      note(step.allReferences)
      if case .file(let file) = step.action, case .source(_, render: true) = file.content { rendersFiles = true }
    }
    // What a template reads is known only when it is rendered.
    if rendersFiles { return }
    for variable in plan.env { note(variable.value.references) }
    for notice in plan.notices.all {
      used.formUnion(notice.secrets.map(\.value))
      note(notice.references)
    }
    for named in plan.databases { note(named.database.expressions.flatMap(\.references)) }
    for phase in plan.phases { for check in phase.gate { note(check.references) } }
    for secret in plan.secrets where !used.contains(secret.name.value) {
      collector.report(
        .unusedSecret, secret.name.range, "nothing uses the secret \"\(secret.name.value)\"",
        notes: ["name it in the step that needs it: \"secrets: [\(secret.name.value)]\""])
    }
  }
}
