internal import Diagnostics

extension Rule {
  static let badSize = Rule(
    "EP207", "bad-size",
    summary: "a size that cannot be read",
    explanation: """
      A size is written in bytes or with a unit: KB, MB, GB count in thousands, KiB, MiB, GiB in \
      1,024.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: look
          check:
            - exists: {glob: "*.csv", min_size: big}

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: look
          check:
            - exists: {glob: "*.csv", min_size: 1KB}

      """)
}
