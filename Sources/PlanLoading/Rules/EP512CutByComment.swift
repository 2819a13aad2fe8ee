internal import Diagnostics

extension Rule {
  static let cutByComment = Rule(
    "EP512", "cut-by-comment", .warning,
    summary: "a command or condition that YAML cuts at a number sign",
    explanation: """
      In YAML a blank and a number sign begin a comment: of `run: echo a #b` only `echo a` is run. Quote the \
      value, or write it as a block with `|`.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: say
          run: echo a #b
      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: say
          run: "echo a #b"
      """)
}
