internal import Diagnostics

extension Rule {
  static let severalActions = Rule(
    "EP211", "several-actions",
    summary: "a step with more than one action",
    explanation: """
      With two actions nobody could say which of them a checkpoint stands for. Make each a step of its \
      own and order them with needs.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make
          exec: [make, test]

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make
        - id: test
          exec: [make, test]
          needs: [build]

      """)
}
