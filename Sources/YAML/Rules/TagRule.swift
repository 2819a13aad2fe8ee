package import Diagnostics

extension YAMLRules {
  package static let tag = Rule(
    "EP104", "tag", summary: "an exclamation mark starts a YAML tag",
    explanation: """
      A value that begins with ! is a tag to YAML: the tag is taken off, so a condition becomes empty, \
      a shell command loses its negation and a pattern is gone. Quote the value. Plans have no use for \
      tags such as !!str; quoting makes a text of any value.
      """,
    bad: """
      execplan: 1
      title: Sample
      steps:
        - id: check
          run: ! grep -q ERROR build.log

      """,
    good: """
      execplan: 1
      title: Sample
      steps:
        - id: check
          run: '! grep -q ERROR build.log'

      """)
}
