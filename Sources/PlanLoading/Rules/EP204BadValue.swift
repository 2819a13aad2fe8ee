internal import Diagnostics

extension Rule {
  static let badValue = Rule(
    "EP204", "bad-value",
    summary: "a value that is not allowed here",
    explanation: """
      The value is of the right kind but not one of the allowed ones, or outside the allowed range.
      """,
    bad: """
      execplan: 1
      title: Example
      order: sorted
      steps:
        - id: build
          run: make

      """,
    good: """
      execplan: 1
      title: Example
      order: listed
      steps:
        - id: build
          run: make

      """)
}
