internal import Diagnostics

extension Rule {
  static let badDuration = Rule(
    "EP205", "bad-duration",
    summary: "a duration that cannot be read",
    explanation: """
      A duration is written with its unit: 500ms, 90s, 10m, 1h30m, 2d. A bare number would leave the \
      unit to a guess, so it is refused.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make
          timeout: 90

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make
          timeout: 90s

      """)
}
