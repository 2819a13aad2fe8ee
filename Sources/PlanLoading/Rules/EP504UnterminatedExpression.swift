package import Diagnostics

extension Rule {
  /// EP504: `${{` without its closing `}}`.
  package static let unterminatedExpression = Rule(
    "EP504", "unterminated-expression",
    summary: "\"${{\" without its closing \"}}\"",
    explanation: """
      An expression in a text ends at the first "}}" outside quotes. To have a literal "${{" in a text, write
      "$${{".
      """,
    bad: """
      execplan: 1
      title: Nightly load
      params:
        env: {type: string, default: staging}
      steps:
        - id: load
          run: echo ${{ params.env }
      """,
    good: """
      execplan: 1
      title: Nightly load
      params:
        env: {type: string, default: staging}
      steps:
        - id: load
          run: echo ${{ params.env }}
      """)
}
