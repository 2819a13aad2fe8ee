internal import Diagnostics

extension Rule {
  static let badEstimate = Rule(
    "EP206", "bad-estimate",
    summary: "an estimate that cannot be read",
    explanation: """
      An estimate is working time: 30m, 4h, 2d, 1w, 1 sprint, or a range like 2-3d. How long a day, \
      week and sprint are is said under calendar.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make
          estimate: soon

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make
          estimate: 2-3d

      """)
}
