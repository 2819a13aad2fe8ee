package import Diagnostics

extension YAMLRules {
  package static let tabIndentation = Rule(
    "EP109", "tab-indentation", summary: "a tab indents a line",
    explanation: """
      YAML allows only spaces for indentation, since a tab has no fixed width. Set the editor to \
      indent YAML files with spaces.
      """,
    bad: """
      execplan: 1
      title: Sample
      steps:
        - id: build
      \trun: make

      """,
    good: """
      execplan: 1
      title: Sample
      steps:
        - id: build
          run: make

      """)
}
