package import Diagnostics

extension Rule {
  /// EP501: an expression cannot be read.
  package static let expressionSyntax = Rule(
    "EP501", "expression-syntax",
    summary: "an expression cannot be read",
    explanation: """
      Expressions compare and combine values: == != < <= > >= && || !, parentheses, function calls, and texts
      in quotes. They do not calculate, and comparisons do not chain. The message says what was expected, at
      the column where reading stopped.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      params:
        env: {type: string, default: staging}
      steps:
        - id: load
          when: params.env = 'prod'
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
