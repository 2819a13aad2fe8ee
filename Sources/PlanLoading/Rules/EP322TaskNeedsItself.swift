internal import Diagnostics

extension Rule {
  static let taskNeedsItself = Rule(
    "EP322", "task-needs-itself", .warning,
    summary: "a task that depends on itself",
    explanation: """
      The row names its own id as what must be done before, directly or in a range such as T1–T4. It is left out of \
      the order of the tasks.
      """,
    bad: """
      # Load the warehouse

      ## Tasks

      | ID | Task | Depends on |
      |----|------|------------|
      | T1 | Make the tables | — |
      | T2 | Load the rows | T2 |
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
