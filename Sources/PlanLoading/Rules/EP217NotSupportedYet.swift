internal import Diagnostics

extension Rule {
  static let notSupportedYet = Rule(
    "EP217", "not-supported-yet",
    summary: "a key that this kind of plan, or this version of the program, does not know",
    explanation: """
      The key belongs to the plan format, but not to this kind of file or to this version. It is \
      refused rather than ignored, so that nobody believes it took effect.
      """,
    bad: """
      execplan: 1
      title: Example
      write_back: true
      steps:
        - id: a
          run: make a

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: a
          run: make a

      """)
}
