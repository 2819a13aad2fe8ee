internal import Diagnostics

extension Rule {
  static let notSupportedYet = Rule(
    "EP217", "not-supported-yet",
    summary: "a key that a later version of the program will know",
    explanation: """
      The key belongs to the plan format, but this version cannot do what it says. It is refused \
      rather than ignored, so that nobody believes it took effect.
      """,
    bad: """
      execplan: 1
      title: Example
      approval: plan
      steps:
        - id: a
          run: make a

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: agree
          manual: {instructions: Look at the plan}
        - id: a
          run: make a
          needs: [agree]

      """)
}
