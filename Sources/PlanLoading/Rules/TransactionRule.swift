internal import Diagnostics
internal import PlanModel
internal import SourceText

extension Rule {
  static let transaction = Rule(
    "EP222", "transaction-in-exactly-once",
    summary: "statements that end or leave the transaction of exactly_once",
    explanation: """
      With exactly_once the effect and its token commit in one transaction, which execplan begins and ends. A \
      BEGIN, COMMIT, END, ROLLBACK, SAVEPOINT, VACUUM or ATTACH in the text would break that apart, and so would what \
      PostgreSQL refuses in a transaction, such as CREATE INDEX CONCURRENTLY.
      """,
    bad: """
      execplan: 1
      title: Example
      steps:
        - id: load
          sql:
            database: "sqlite:w.db"
            exactly_once: true
            script: |
              INSERT INTO t VALUES (1);
              COMMIT;
      """,
    good: """
      execplan: 1
      title: Example
      steps:
        - id: load
          sql:
            database: "sqlite:w.db"
            exactly_once: true
            script: |
              INSERT INTO t VALUES (1);
      """)
}

/// EP222.
enum TransactionRule {
  static let forbidden: Set<String> = [
    "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "VACUUM", "ATTACH", "DETACH",
  ]

  static func check(_ plan: Plan, _: (any FileQuestions)?, _ collector: inout DiagnosticCollector) {
    plan.eachStep { step in
      guard case .sql(let sql) = step.action, sql.exactlyOnce else { return }
      let texts: [SQLText] =
        switch sql.body {
        case .script(let text), .query(let text): [text]
        case .statements(let list): list
        case .file: []
        }
      for text in texts {
        guard let word = self.word(in: text.text, sql.database.dialect) else { continue }
        collector.report(
          .transaction, text.template.range, "\(word) can't stand in an \"exactly_once\" action",
          notes: ["execplan begins and commits the transaction; leave \(word) out"])
      }
    }
  }

  /// The first word in a text that would leave the transaction.
  private static func word(in text: String, _ dialect: SQLDialect) -> String? {
    switch dialect {
    case .sqlite: SQLStatements.firstWords(of: text).first { forbidden.contains($0) }
    case .postgres: PostgresScript(text).statements.lazy.compactMap { $0.transactionWord ?? $0.outsideWord }.first
    }
  }
}
