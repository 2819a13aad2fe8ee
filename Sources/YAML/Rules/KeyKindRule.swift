package import Diagnostics

extension YAMLRules {
  package static let keyKind = Rule(
    "EP108", "key-kind", summary: "a key is not a text",
    explanation: """
      Keys are texts. A list, a mapping or null as a key is most often a value in braces that was not \
      quoted, such as {{ name }}. Numbers and booleans are taken as the text that is written.
      """,
    bad: """
      execplan: 1
      title: Sample
      steps:
        - id: hello
          run: echo "$NAME"
          env:
            NAME: {{ name }}

      """,
    good: """
      execplan: 1
      title: Sample
      steps:
        - id: hello
          run: echo "$NAME"
          env:
            NAME: "{{ name }}"

      """)
}
