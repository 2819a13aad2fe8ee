internal import Diagnostics

extension Rule {
  static let badMode = Rule(
    "EP219", "bad-mode",
    summary: "a file mode that cannot be read",
    explanation: """
      A mode is three or four octal digits, as chmod takes them.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: conf
          file: {path: a.conf, content: x, mode: rw-r--r--}

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: conf
          file: {path: a.conf, content: x, mode: "0644"}

      """)
}
