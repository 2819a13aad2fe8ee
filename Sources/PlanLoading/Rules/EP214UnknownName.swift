internal import Diagnostics

extension Rule {
  static let unknownName = Rule(
    "EP214", "unknown-name",
    summary: "a name that is not declared in the plan",
    explanation: """
      A step names a pool, or a plan names a parameter, profile or phase, that the plan does not \
      declare.
      """,
    bad: """
      execplan: 1
      title: Example
      pools: {database: 1}
      steps:
        - id: load
          run: make load
          pool: databse

      """,
    good: """
      execplan: 1
      title: Example
      pools: {database: 1}
      steps:
        - id: load
          run: make load
          pool: database

      """)
}
