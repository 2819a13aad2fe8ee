extension ActionRow {
  /// A statement that sleeps in the first attempt only.
  private static let sleeps = "select pg_sleep(600) where not exists (select from gate)"

  /// The same by what can change nothing.
  private static let counts =
    "select generate_series(1, 1000000000000) as g where not exists (select from gate)"

  static let postgres: [ActionRow] = [
    onServer("sql", "on PostgreSQL", "sql: {database: \"$DB\", script: \"insert into t values (1); \(sleeps)\"}"),
    onServer(
      "sql", "on PostgreSQL, `exactly_once`",
      "sql: {database: \"$DB\", exactly_once: true, script: \"insert into t values (1); \(sleeps)\"}"),
    onServer(
      "sql", "a query on PostgreSQL",
      "sql: {database: \"$DB\", query: \"select count(*) as n, (select count(*) from (\(counts)) x) as m from t\"}"),
  ]

  static let tables: [ActionRow] = [
    .own(
      "check", "of a table", "check: [{table: {csv: rows.csv, checks: [{not_null: a}]}}]", during: "afterClaimCommit",
      files: ["rows.csv": "a\n1\n"]),
    onServer(
      "check", "of a table on PostgreSQL",
      "check: [{table: {database: \"$DB\", table: t, checks: [{not_null: n}, {sql: \"\(sleeps)\"}]}}]"),
  ]

  private static func onServer(_ action: String, _ variant: String, _ yaml: String) -> ActionRow {
    ActionRow(
      action: action, variant: variant, yaml: [yaml], effect: .serverRows, before: .at("beforeLaunch"),
      during: .asleep, after: .at("afterAction"))
  }
}
