internal import Diagnostics

extension Rule {
  static let duplicateTask = Rule(
    "EP321", "duplicate-task", .warning,
    summary: "two rows of one table have the same id",
    explanation: """
      Other rows name a task by its id, so two rows with one id can't be told apart. What depends on the id waits for \
      one of them only. Ids may be used again in the table of another phase or component.
      """,
    bad: """
      # Load the warehouse

      ## Tasks

      | ID | Task | Depends on |
      |----|------|------------|
      | T1 | Make the tables | — |
      | T1 | Load the rows | — |
      """,
    good: """
      # Load the warehouse

      ## Tasks

      | ID | Task | Depends on |
      |----|------|------------|
      | T1 | Make the tables | — |
      | T2 | Load the rows | — |
      """)
}
