internal import Diagnostics

extension Rule {
  static let unknownKey = Rule(
    "EP201", "unknown-key",
    summary: "a key that the plan format does not have",
    explanation: """
      A key that is not known would have no effect, so it is refused. The message names the nearest \
      known key and lists the allowed ones. Keys that begin with x- are yours, at the top of the plan, \
      in steps and in phases.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make
          need: [fetch]

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: fetch
          run: git fetch
        - id: build
          run: make
          needs: [fetch]

      """)
}
