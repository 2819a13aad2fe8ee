internal import Diagnostics

extension Rule {
  static let unknownTask = Rule(
    "EP320", "unknown-task", .warning,
    summary: "a task table names a task that is not there",
    explanation: """
      A cell of a column such as "Depends on" holds what looks like the id of a task, and no row of the file has that \
      id. The order of the tasks and the critical path do not know of it. Text that does not look like an id is kept \
      as it is and reported nowhere.
      """,
    bad: """
      # Load the warehouse

      ## Tasks

      | ID | Task | Depends on |
      |----|------|------------|
      | T1 | Make the tables | — |
      | T2 | Load the rows | T7 |
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
