package import Diagnostics

extension Rule {
  /// EP502: an expression uses a name that does not exist.
  package static let expressionName = Rule(
    "EP502", "expression-name",
    summary: "an expression uses a name that does not exist",
    explanation: """
      An expression begins with one of params, env, secrets, steps, state, run, plan, item and values, or with
      one of the functions. A text needs quotes; without them it is read as a name.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      params:
        env: {type: string, default: staging}
      steps:
        - id: load
          when: param.env == "prod"
          run: make load
      """,
    good: """
      execplan: 1
      title: Nightly load
      params:
        env: {type: string, default: staging}
      steps:
        - id: load
          when: params.env == "prod"
          run: make load
      """)
}
