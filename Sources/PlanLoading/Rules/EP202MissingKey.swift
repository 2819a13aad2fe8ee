internal import Diagnostics

extension Rule {
  static let missingKey = Rule(
    "EP202", "missing-key",
    summary: "a key that must be there is missing",
    explanation: """
      Some keys have no default: a plan needs a title and steps, a step needs an id, a file action a \
      path.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - run: make

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make

      """)
}
