internal import Diagnostics

extension Rule {
  static let notStatic = Rule(
    "EP221", "not-static",
    summary: "a path that depends on what happens in the run",
    explanation: """
      Declared paths order the steps and decide whether there is something to do, so they must be \
      known before anything runs. They may use params, env and plan.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: name
          run: echo name=x >> "$EXECPLAN_OUTPUT"
        - id: make
          needs: [name]
          run: make
          outputs: ["${{ steps.name.values.name }}.csv"]

      """,
    good: """
      execplan: 1
      title: Example
      params: {name: x}
      steps:
        - id: make
          run: make
          outputs: ["${{ params.name }}.csv"]

      """)
}
