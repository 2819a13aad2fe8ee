internal import DataQuality
internal import PlanModel

/// Tables of a PostgreSQL database.
struct PostgresTables: TableDatabase {
  let conversation: PostgresConversation

  var dialect: any TableDialect { PostgresDialect() }
  var place: String { " in database \"\(conversation.database)\"" }
  var lineColumn: String? { nil }

  /// Tables, also those that are parts or foreign, and views.
  private static let kinds = "('r', 'p', 'f', 'v', 'm')"

  func columns(of table: TableName) throws -> [TableColumn]? {
    let name = table.parts.map { SQLDialect.postgres.quoted($0) }.joined(separator: ".")
    // A type that is another one with conditions counts as that one.
    let rows = try conversation.rows(
      """
      SELECT a.attname, b.oid, b.typcategory, coalesce(b.mod >= 4 AND (b.mod - 4) & 65535 = 0, false)
      FROM pg_catalog.pg_class c
      LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN LATERAL (
        WITH RECURSIVE base AS (
          SELECT t.oid, t.typbasetype, t.typcategory,
            CASE t.typbasetype WHEN 0 THEN a.atttypmod ELSE t.typtypmod END AS mod
          FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid
          UNION ALL
          SELECT t.oid, t.typbasetype, t.typcategory, CASE t.typbasetype WHEN 0 THEN base.mod ELSE t.typtypmod END
          FROM base JOIN pg_catalog.pg_type t ON t.oid = base.typbasetype)
        SELECT * FROM base WHERE typbasetype = 0) b ON true
      WHERE c.oid = pg_catalog.to_regclass(\(SQLDialect.postgres.literal(.string(name)))) AND c.relkind IN \(PostgresTables.kinds)
      ORDER BY a.attnum
      """)
    if rows.isEmpty { return nil }
    return rows.compactMap { row in
      guard row.count == 4, let name = row[0] else { return nil }
      return TableColumn(
        name, ColumnType(postgres: row[1].flatMap { Int($0) } ?? 0, category: row[2] ?? "", isWhole: row[3] == "t"))
    }
  }

  func tables() throws -> [String] {
    try conversation.rows(
      """
      SELECT CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN c.relname::text
        ELSE n.nspname::text || '.' || c.relname::text END
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN \(PostgresTables.kinds) AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
      ORDER BY NOT pg_catalog.pg_table_is_visible(c.oid), 1 LIMIT 1000
      """
    ).compactMap { $0.first.flatMap { $0 } }
  }

  func rows(_ query: TableQuery) throws -> [[Value]] {
    var rows: [[Value]] = []
    try conversation.eachRow(try text(query)) { rows.append(PostgresTables.values($0, query.types)) }
    return rows
  }

  func eachValue(_ query: TableQuery, _ body: (Value, Int) -> Void) throws {
    try conversation.eachRow(try text(query)) { fields in
      let values = PostgresTables.values(fields, query.types)
      if values.count == 2, case .int(let count) = values[1] { body(values[0], count) }
    }
  }

  /// Of rows that are not shown only their number comes over the line.
  func rows(_ query: TableQuery, limit: Int) throws -> (columns: [String], first: [[Value]], count: Int) {
    let sql = try text(query)
    let names = try names(of: sql)
    if names.isEmpty { throw TableProblem("the query gives no columns") }
    let shown = (1...min(names.count, PostgresTables.shownColumns)).map { "c\($0)" }
    let aliases = names.indices.map { "c\($0 + 1)" }.joined(separator: ", ")
    let fields = shown.map { "\($0)::text, pg_catalog.pg_typeof(\($0))::oid::text" }.joined(separator: ", ")
    var first: [[Value]] = []
    var count = 0
    try conversation.eachRow(
      "SELECT CASE WHEN row_number() OVER () <= \(limit) THEN pg_catalog.json_build_array(\(fields))::text END "
        + "FROM (\(sql)\n) AS execplan_rows (\(aliases))"
    ) { fields in
      count += 1
      if let json = fields.first.flatMap({ $0 }) { first.append(PostgresTables.values(json: json)) }
    }
    return (names, first, count)
  }

  /// As many as a sample has.
  private static let shownColumns = 8

  /// Columns of a query that have no names of their own, or share one, are called as the server does.
  private func names(of sql: String) throws -> [String] {
    // A row of texts that are the names: the keys of an object without values.
    let rows = try conversation.rows(
      "SELECT pg_catalog.json_object_keys(pg_catalog.row_to_json(execplan_row)) FROM "
        + "(SELECT execplan_query.* FROM (SELECT 1) AS execplan_one LEFT JOIN (\(sql)\n) AS execplan_query ON false) "
        + "AS execplan_row")
    return rows.compactMap { $0.first.flatMap { $0 } }
  }

  // MARK: Values

  /// The text of a query with its values in it.
  private func text(_ query: TableQuery) throws -> String {
    let part = PostgresBody.Part(query.sql, values: query.parameters, name: "the check")
    guard part.script.statements.count == 1 else {
      throw TableProblem("the SQL is \(part.script.statements.count) statements, and must be one query or condition")
    }
    do {
      return try part.statement(0, named: [:])
    } catch let problem as DatabaseProblem {
      throw TableProblem(problem.message)
    }
  }

  private static func values(_ fields: [String?], _ types: [ColumnType]) -> [Value] {
    zip(fields, types).map { text, type in text.map { type.value($0) } ?? .null }
  }

  /// Values of an array of texts, each with the number of its type behind it.
  private static func values(json: String) -> [Value] {
    guard case .list(let items)? = try? JSONReader.read(Array(json.utf8)) else { return [] }
    return stride(from: 0, to: items.count - 1, by: 2).map { index in
      guard case .string(let text) = items[index], case .string(let type) = items[index + 1] else { return .null }
      return ColumnType(postgres: Int(type) ?? 0, category: "", isWhole: false).value(text)
    }
  }
}
