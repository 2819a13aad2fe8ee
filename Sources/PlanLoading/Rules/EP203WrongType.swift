internal import Diagnostics

extension Rule {
  static let wrongType = Rule(
    "EP203", "wrong-type",
    summary: "a value of the wrong kind",
    explanation: """
      A mapping stands where a text is due, a text where a number is due, and so on. Nothing is \
      converted silently; only a single value is taken where a list of one would do.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make
          priority: high

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make
          priority: 5

      """)
}
