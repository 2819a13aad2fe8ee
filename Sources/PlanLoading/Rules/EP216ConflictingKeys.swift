internal import Diagnostics

extension Rule {
  static let conflictingKeys = Rule(
    "EP216", "conflicting-keys",
    summary: "two keys that exclude one another",
    explanation: """
      Each of the keys is fine, but together they have no meaning.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: conf
          file: {path: a.conf, content: x, directory: true}

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: conf
          file: {path: a.conf, content: x}

      """)
}
