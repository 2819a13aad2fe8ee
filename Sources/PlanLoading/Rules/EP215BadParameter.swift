internal import Diagnostics

extension Rule {
  static let badParameter = Rule(
    "EP215", "bad-parameter",
    summary: "a parameter whose default or choices do not fit its type",
    explanation: """
      The default and every choice of a parameter must be of the declared type, and the default must \
      be one of the choices.
      """,
    bad: """
      execplan: 1
      title: Example
      params:
        count: {type: int, default: many}
      steps:
        - id: build
          run: make

      """,
    good: """
      execplan: 1
      title: Example
      params:
        count: {type: int, default: 3}
      steps:
        - id: build
          run: make

      """)
}
