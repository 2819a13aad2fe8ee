package import Diagnostics

/// The rules about files as a command meets them: whether they can be read, and what several have in common.
enum CommandRules {
  static let all: [Rule] = [.unreadableFile, .duplicatePlanID, .planCycle, .unusedSuppression]
}

extension Rule {
  /// EP111: a file can't be read.
  package static let unreadableFile = Rule(
    "EP111", "unreadable-file",
    summary: "a file can't be read",
    explanation: """
      The system refuses to read the file, or it is larger than a plan may be. What stands in it is not known, so it
      can't count as valid. Make the file readable, or leave it out.
      """,
    bad: "",
    good: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
      """)

  /// EP319: two plans of one project have the same id.
  package static let duplicatePlanID = Rule(
    "EP319", "duplicate-plan-id",
    summary: "two plans of one project have the same id",
    explanation: """
      Runs, locks and the state of a plan are kept under its id, so two plans with one id would share a history. A copy
      of a plan needs an id of its own. The rule looks at the plans that are validated together.
      """,
    bad: """
      # Another plan of the project says "id: load" too.
      execplan: 1
      title: Nightly load
      id: load
      steps:
        - id: fetch
          run: make fetch
      """,
    good: """
      # No other plan of the project says "id: nightly-load".
      execplan: 1
      title: Nightly load
      id: nightly-load
      steps:
        - id: fetch
          run: make fetch
      """)

  /// EP324: plans wait for each other in a circle.
  package static let planCycle = Rule(
    "EP324", "plan-cycle", .warning,
    summary: "plans that wait for each other in a circle",
    explanation: """
      The front matter, a line "Depends-On:" or a table of plans says that each of these plans must be done before the
      next, so none of them can be the first. The rule looks at the plans that are validated together. Remove one of
      the dependencies, or make it a soft one.
      """,
    bad: """
      ---
      # The plan plans/2-load.md says "depends_on: [plans/1-tables.md]".
      execplan: 1
      depends_on: [plans/2-load.md]
      ---

      # Make the tables

      ## Purpose

      A place for the numbers.
      """,
    good: """
      ---
      execplan: 1
      ---

      # Make the tables

      ## Purpose

      A place for the numbers.
      """)

  /// EP802: a comment silences nothing.
  package static let unusedSuppression = Rule(
    "EP802", "unused-suppression", .info,
    summary: "a comment that silences nothing",
    explanation: """
      The comment "execplan:ignore" names a rule that finds nothing on the line that the comment is for. The problem may
      be gone, the rule may be misspelt, or the comment may stand on the wrong line: it counts for the next line, or for
      the whole file if it stands before the first key. Remove it, so that it can't hide a later problem.
      """,
    bad: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          # execplan:ignore EP104 the negation is quoted
          run: make fetch
      """,
    good: """
      execplan: 1
      title: Nightly load
      steps:
        - id: fetch
          run: make fetch
      """)
}
