internal import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  static let unusedParameter = Rule(
    "EP801", "unused-parameter", .info,
    summary: "a parameter that nothing uses",
    explanation: """
      No expression of the plan reads the parameter, so giving it changes nothing. Often a sign of a misspelt \
      name elsewhere.
      """,
    bad: """
      execplan: 1
      title: Example
      params: {target: all}
      steps:
        - id: build
          run: make
      """,
    good: """
      execplan: 1
      title: Example
      params: {target: all}
      steps:
        - id: build
          run: make ${{ params.target }}
      """)
}

/// EP801.
enum UnusedParameterRule {
  static func check(_ plan: Plan, _: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    guard !plan.parameters.isEmpty else { return }
    var used = Set(plan.runKey.map(\.value))
    used.formUnion(plan.parametersInPaths)
    func note(_ references: [Located<Reference>]) {
      for reference in references {
        if case .parameter(let name) = reference.value { used.insert(name) }
      }
    }
    plan.eachStep { note($0.allReferences) }
    for variable in plan.env { note(variable.value.references) }
    for notice in plan.notices.all { note(notice.references) }
    for named in plan.databases { note(named.database.expressions.flatMap(\.references)) }
    for phase in plan.phases { for check in phase.gate { note(check.references) } }
    for parameter in plan.parameters where !used.contains(parameter.name.value) {
      collector.report(
        .unusedParameter, parameter.name.range, "nothing reads the parameter \"\(parameter.name.value)\"")
    }
  }
}
