internal import Diagnostics

extension Rule {
  static let badPattern = Rule(
    "EP218", "bad-pattern",
    summary: "a regular expression that cannot be read",
    explanation: """
      The pattern of replace and matches is a regular expression in the syntax of Swift's Regex, which \
      is close to that of Perl. It is compiled while the plan is read.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: port
          edit: {path: a.conf, replace: {pattern: "port = (", with: x}}

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: port
          edit: {path: a.conf, replace: {pattern: "^port = .*$", with: port = 81}}

      """)
}
