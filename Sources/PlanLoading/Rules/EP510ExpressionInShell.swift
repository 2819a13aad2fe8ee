package import Diagnostics

extension Rule {
  /// EP510: an expression stands where a shell would parse its value as code, or not at all.
  package static let expressionInShell = Rule(
    "EP510", "expression-in-shell",
    summary: "an expression stands where a shell would parse its value as code, or not at all",
    explanation: """
      In a script, an expression becomes a reference to an environment variable, so that a value can never
      inject commands. That works in words and inside double quotes. It does not work in single quotes,
      comments, arithmetic, subscripts, numeric tests, arguments of eval or "bash -c", or in a language other
      than shell. There, declare the value under "env:" and use the variable.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      params:
        limit: {type: int, default: 5}
      steps:
        - id: load
          run: awk '$1 > ${{ params.limit }}' data.txt
      """,
    good: """
      execplan: 1
      title: Nightly load
      params:
        limit: {type: int, default: 5}
      steps:
        - id: load
          env: {LIMIT: "${{ params.limit }}"}
          run: awk '$1 > ENVIRON["LIMIT"]' data.txt
      """)
}
