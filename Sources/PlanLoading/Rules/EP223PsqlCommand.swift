internal import Diagnostics

extension Rule {
  /// EP223: a backslash command of psql in SQL.
  static let psqlCommand = Rule(
    "EP223", "psql-command",
    summary: "a command of psql in SQL",
    explanation: """
      SQL for PostgreSQL goes to the server as it is written. A backslash outside of quotes begins a command of the \
      program psql (\\copy, \\i, \\set), which execplan never runs: it could start any program. Use SQL instead, or a \
      "run" step that calls psql.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: load
          sql:
            database: "postgres:shop"
            script: |
              \\copy orders from 'orders.csv' csv
      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: load
          run: psql -X -v ON_ERROR_STOP=1 -c "\\copy orders from 'orders.csv' csv" shop
          idempotent: false
      """)
}

/// What EP223 advises.
enum PsqlCommandRule {
  static func advice(for command: String) -> String {
    switch command {
    case "\\copy": "write COPY … FROM with a file of the server, or a \"run\" step with psql"
    case "\\i", "\\ir", "\\include": "give each file a step of its own with \"file\""
    case "\\set": "give values under \"bind\""
    case "\\c", "\\connect": "give the step another \"database\""
    default: "leave it out; a \"run\" step can call psql"
    }
  }
}
