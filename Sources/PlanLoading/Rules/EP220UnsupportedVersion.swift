internal import Diagnostics

extension Rule {
  static let unsupportedVersion = Rule(
    "EP220", "unsupported-version",
    summary: "a plan of an unknown format version",
    explanation: """
      Every plan begins with the version of the format that it is written in, so that a later format \
      can never be read by mistake as an earlier one.
      """,
    bad: """
      execplan: 2
      title: Example
      steps:
        - id: build
          run: make

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: build
          run: make

      """)
}
