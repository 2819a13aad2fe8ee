package import Diagnostics

extension Rule {
  /// EP505: a value has the wrong type for its place.
  package static let expressionType = Rule(
    "EP505", "expression-type",
    summary: "a value has the wrong type for its place",
    explanation: """
      A condition is true or false. Only numbers are ordered by < and >. Lists and maps are not text:
      join(list) or toJSON(value) turns them into text. Types are checked where they are known before the run:
      for literals, params, env and the results of functions.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      params:
        rows: {type: int, default: 5}
      steps:
        - id: load
          when: params.rows
          run: make load
      """,
    good: """
      execplan: 1
      title: Nightly load
      params:
        rows: {type: int, default: 5}
      steps:
        - id: load
          when: params.rows > 0
          run: make load
      """)
}
