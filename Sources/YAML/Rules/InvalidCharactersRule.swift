package import Diagnostics

extension YAMLRules {
  package static let invalidCharacters = Rule(
    "EP102", "invalid-characters", summary: "the file is not UTF-8 text",
    explanation: """
      A plan is UTF-8 text. Bytes that are not valid UTF-8, NUL bytes and other control characters are \
      refused, as editors and shells show them in different ways or not at all. Save the file as \
      UTF-8; write a control character as an escape in double quotes, such as "\\e".
      """,
    bad: """
      execplan: 1
      title: Sample
      steps:
        - id: hello
          run: printf '\u{1B}[1mhello'

      """,
    good: """
      execplan: 1
      title: Sample
      steps:
        - id: hello
          run: "printf '\\e[1mhello'"

      """)
}
