package import Diagnostics

extension Rule {
  /// EP503: a function is called with the wrong number of arguments.
  package static let expressionArity = Rule(
    "EP503", "expression-arity",
    summary: "a function is called with the wrong number of arguments",
    explanation: """
      Every function has a fixed number of arguments, or a range of it. The message shows how the function is
      called.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      params:
        env: {type: string, default: staging}
      steps:
        - id: load
          when: startsWith(params.env)
          run: make load
      """,
    good: """
      execplan: 1
      title: Nightly load
      params:
        env: {type: string, default: staging}
      steps:
        - id: load
          when: startsWith(params.env, 'prod')
          run: make load
      """)
}
