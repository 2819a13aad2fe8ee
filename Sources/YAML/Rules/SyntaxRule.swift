package import Diagnostics

extension YAMLRules {
  package static let syntax = Rule(
    "EP101", "syntax", summary: "the file is not well-formed YAML",
    explanation: """
      The YAML parser stops at the first place that it can not understand, so the rest of the file is \
      not checked. Most such places are a wrong indentation, a bracket or a quote that is not closed, \
      or a value that has to be quoted: one that holds ": " or " #", stands in brackets and holds "${{ \
      }}", or begins with *, !, &, %, @ or a backtick.
      """,
    bad: """
      execplan: 1
      title: Sample
      params: {day: monday}
      steps:
        - id: fetch
          env: {DAY: ${{ params.day }}}
          run: ./fetch.sh

      """,
    good: """
      execplan: 1
      title: Sample
      params: {day: monday}
      steps:
        - id: fetch
          env: {DAY: "${{ params.day }}"}
          run: ./fetch.sh

      """)
}
