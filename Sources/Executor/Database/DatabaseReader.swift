internal import PlanModel
internal import SQLite
internal import Subprocess

/// Asks a database, SQLite or PostgreSQL; nothing of it is changed.
///
/// All queries of one call see one state. Whatever a query says, it can write nothing: on SQLite the file is opened for
/// reading, on PostgreSQL the transaction is `READ ONLY`.
struct DatabaseReader {
  let database: Database
  let context: StepContext
  /// Whether an attempt's timer ends what takes too long; else the step's timeout counts for the call.
  var isTimed = false

  struct Query {
    /// One statement, in the SQL of the database, with `database.dialect.parameter(n)` for the n-th value.
    var text: String
    var values: [Value] = []
    /// Rows that are taken; there may be more.
    var limit = 10_000
  }

  struct Answer {
    /// Each row's columns in order: numbers, texts, true and false, null; on PostgreSQL also lists and maps.
    var rows: [[Value.Entry]]
    var elapsed: Duration
  }

  /// A quoted name for SQL: of a table, or of a column.
  static func name(_ name: String) throws(EvaluationError) -> String { try PostgresLiteral.name(name) }

  /// Runs queries one after another.
  ///
  /// - Returns: one answer a query.
  /// - Throws: `DatabaseProblem`, `EvaluationError`, `SQLiteError`, or what keeps `psql` from being started.
  func answers(to queries: [Query]) throws -> [Answer] {
    switch database {
    case .sqlite(let path): return try answers(to: queries, in: path.text)
    case .postgres(let connection): return try answers(to: queries, on: connection)
    }
  }

  // MARK: SQLite

  private func answers(to queries: [Query], in path: String) throws -> [Answer] {
    let parameters = try queries.map { try $0.values.map { try SQLValues.parameter($0) } }
    let answers = try Connection.reading(context.site.absolute(path)) { connection in
      try context.cancellation.covering(connection) {
        try zip(queries, parameters).map { query, values in
          let started = context.site.world.bootNow()
          let statement = try connection.prepare(query.text)
          try SQLValues.bind(values, to: statement)
          let names = statement.columnNames
          var rows: [[Value.Entry]] = []
          while rows.count < query.limit, try statement.step() {
            rows.append(try zip(names, statement.row).map { Value.Entry($0, try SQLValues.value($1)) })
          }
          statement.reset()
          return Answer(rows: rows, elapsed: context.site.world.bootNow() - started)
        }
      }
    }
    guard let answers else { throw DatabaseProblem(message: "there is no database \"\(path)\"") }
    return answers
  }

  // MARK: PostgreSQL

  private func answers(to queries: [Query], on connection: PostgresConnection) throws -> [Answer] {
    var session = try PostgresSession(connection, context: context)
    if !isTimed { session.timeout = context.step.timeout }
    var input = session.input()
    input.mark(.connected)
    input.begin(.snapshot, timeout: context.step.timeout)
    var texts: [PostgresBody.Part] = []
    for (index, query) in queries.enumerated() {
      let part = PostgresBody.Part(query.text, values: query.values, name: "the query")
      texts.append(part)
      guard part.script.statements.count == 1 else {
        throw DatabaseProblem(message: "a query is one statement, and this text has \(part.script.statements.count)")
      }
      let sql = try part.statement(0, named: [:])
      input.line("SELECT clock_timestamp() AS execplan_start \\gset")
      try input.collect(sql, isSelection: part.script.isSelection, limit: query.limit, statement: index)
      input.line(
        "SELECT ceil(extract(epoch FROM clock_timestamp() - :'execplan_start'::timestamptz) * 1000)::bigint "
          + "AS execplan_elapsed \\gset")
      input.end(
        if: "octet_length(\(PostgresInput.rows)) > \(PostgresSession.rowsLimit / max(1, queries.count))", .large)
      input.print("SELECT \(PostgresInput.rows)")
      input.line("\\echo \(session.nonce) :execplan_elapsed")
    }
    input.line("ROLLBACK;")
    input.mark(.committed)
    let report = try session.run(input)
    try requireEnd(report)
    guard report.has(.committed) else {
      if report.has(.large) { throw DatabaseProblem(message: "the query gives more text than is taken: add a LIMIT") }
      let index = report.failure.line.flatMap { input.statement(onLine: $0) }
      throw DatabaseProblem(
        message: index.map { texts[$0].describe(report.failure, statement: 0) } ?? report.failure.summary,
        exitCode: report.exitCode)
    }
    return try DatabaseReader.answers(in: report.completion.output, nonce: session.nonce)
  }

  private func requireEnd(_ report: PostgresReport) throws(DatabaseProblem) {
    switch report.completion.outcome {
    case .ended: return
    case .cancelled: throw DatabaseProblem(message: "it was cancelled")
    case .timedOut: throw DatabaseProblem(message: "it ran longer than the step's timeout")
    }
  }

  /// Takes the printed rows apart: the rows of a query, then a line with the milliseconds that it took.
  private static func answers(in output: [UInt8], nonce: String) throws -> [Answer] {
    let end = Array("\n\(nonce) ".utf8)
    var answers: [Answer] = []
    var rest = output[...]
    while let mark = rest.firstRange(of: end) {
      let rows = Array(rest[..<mark.lowerBound])
      rest = rest[mark.upperBound...]
      let line = rest.prefix { $0 != 0x0A }
      rest = rest[line.endIndex...].dropFirst()
      let elapsed = Int(String(decoding: line, as: UTF8.self)) ?? 0
      answers.append(Answer(rows: try PostgresRows.read(rows), elapsed: .milliseconds(elapsed)))
    }
    return answers
  }
}
