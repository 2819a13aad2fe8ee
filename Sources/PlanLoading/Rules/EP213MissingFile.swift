internal import Diagnostics

extension Rule {
  static let missingFile = Rule(
    "EP213", "missing-file",
    summary: "a file that the plan names does not exist",
    explanation: """
      A source, template or SQL file that no step makes must be in the project when the plan is \
      validated; otherwise the step can only fail.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: conf
          file: {path: app.conf, source: no/such/file.conf}

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: template
          file: {path: made.conf, content: x}
        - id: conf
          needs: [template]
          file: {path: app.conf, source: made.conf}

      """)
}
