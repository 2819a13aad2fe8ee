package import Diagnostics

extension Rule {
  /// EP511: an expression stands inside a SQL literal, name or comment.
  package static let expressionInSQL = Rule(
    "EP511", "expression-in-sql",
    summary: "an expression stands inside a SQL literal, name or comment",
    explanation: """
      In SQL, an expression becomes a bound parameter, so that a value can never inject statements. A
      parameter is a value of its own: it cannot be a part of a quoted text, a quoted name or a comment. Leave
      the quotes out; join a text in SQL with ||.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      params:
        env: {type: string, default: staging}
      steps:
        - id: load
          sql:
            database: sqlite:w.db
            script: delete from t where env = '${{ params.env }}'
      """,
    good: """
      execplan: 1
      title: Nightly load
      params:
        env: {type: string, default: staging}
      steps:
        - id: load
          sql:
            database: sqlite:w.db
            script: delete from t where env = ${{ params.env }}
      """)
}
