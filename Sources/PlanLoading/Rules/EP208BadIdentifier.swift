internal import Diagnostics

extension Rule {
  static let badIdentifier = Rule(
    "EP208", "bad-identifier",
    summary: "a name that cannot be used as an id",
    explanation: """
      Ids begin with a letter, a digit or an underscore and go on with those, dots and hyphens. They \
      stand in commands, file names and expressions, so they hold nothing that needs quoting.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: build it
          run: make

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: build-it
          run: make

      """)
}
