package import Diagnostics

extension Rule {
  /// EP506: an expression reads something that is not declared.
  package static let expressionReference = Rule(
    "EP506", "expression-reference",
    summary: "an expression reads something that is not declared",
    explanation: """
      params.NAME must be declared under "params:", env.NAME under "env:", and steps.ID must be a step of the
      plan. env is the map of the plan, never the environment of the process.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      params:
        env: {type: string, default: staging}
      steps:
        - id: load
          when: params.stage == 'prod'
          run: make load
      """,
    good: """
      execplan: 1
      title: Nightly load
      params:
        env: {type: string, default: staging}
      steps:
        - id: load
          when: params.env == 'prod'
          run: make load
      """)
}
