internal import Diagnostics

extension Rule {
  static let noAction = Rule(
    "EP210", "no-action",
    summary: "a step or check that does nothing",
    explanation: """
      A step has exactly one action: run, exec, file, edit, sql, check, manual, agent or uses. A check has exactly \
      one kind: exists, file, run or sql.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: build
          title: Build it

      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: build
          title: Build it
          run: make

      """)
}
