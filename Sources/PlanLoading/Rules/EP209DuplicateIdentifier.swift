internal import Diagnostics

extension Rule {
  static let duplicateIdentifier = Rule(
    "EP209", "duplicate-identifier",
    summary: "two things of one name",
    explanation: """
      The id of a step is its identity: dependencies, checkpoints and history hang on it. Two steps, \
      or two phases, can't share one.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make
        - id: build
          run: make test

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make
        - id: test
          run: make test
          needs: [build]

      """)
}
