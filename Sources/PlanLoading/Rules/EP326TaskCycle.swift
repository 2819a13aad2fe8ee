internal import Diagnostics

extension Rule {
  static let taskCycle = Rule(
    "EP326", "task-cycle", .warning,
    summary: "tasks or components that wait for each other in a circle",
    explanation: """
      Following the dependencies of a table leads back to where it began, so none of these tasks can be the first. The \
      dependency that closes the circle is left out of the order and of the critical path. Remove one of them.
      """,
    bad: """
      # Load the warehouse

      ## Tasks

      | ID | Task | Depends on |
      |----|------|------------|
      | T1 | Make the tables | T2 |
      | T2 | Load the rows | T1 |
      """,
    good: """
      # Load the warehouse

      ## Tasks

      | ID | Task | Depends on |
      |----|------|------------|
      | T1 | Make the tables | — |
      | T2 | Load the rows | T1 |
      """)
}
