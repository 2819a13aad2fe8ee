package import Diagnostics

extension Rule {
  /// EP507: an expression reads something that is not available in this field.
  package static let expressionNotAllowed = Rule(
    "EP507", "expression-not-allowed",
    summary: "an expression reads something that is not available in this field",
    explanation: """
      Some values exist only in some places: "values" in the "state:" map of a step, results of steps only in
      fields that are read when the step runs. "secrets" in "env", in the text of "run" and in the "content" of a
      file. "item" comes with a later version.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
          cwd: days/${{ values.day }}
      """,
    good: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
        - id: load
          needs: [fetch]
          run: make load
          cwd: days/${{ steps.fetch.values.day }}
      """)
}
