internal import FaultPoints
internal import PlanModel
internal import SourceText
internal import Subprocess

/// Runs an `sql` action on PostgreSQL: one `psql`, one transaction.
///
/// A text that begins or ends transactions itself, or that holds what PostgreSQL refuses in one, is run without.
struct PostgresRunner {
  let action: SQLAction
  let connection: PostgresConnection
  let context: StepContext
  /// Milliseconds since 1970.
  let now: Int64
  /// Where what the server told is kept; nil: nowhere.
  let log: String?

  private static let rowsLimit = 10_000

  func run() throws -> AttemptResult {
    let body = try PostgresBody(action, context)
    let leaving = body.leavesTransaction
    if action.exactlyOnce, let leaving {
      throw DatabaseProblem(
        message: "\(leaving.word) can't stand in an \"exactly_once\" action, in \(leaving.place); leave it out")
    }
    var query: PostgresScript?
    if case .query = action.body {
      guard body.statements.count == 1 else {
        throw DatabaseProblem(message: "\"query\" is one statement, and this has \(body.statements.count)")
      }
      query = body.parts[0].script
    }
    let session = try PostgresSession(connection, context: context)
    var input = session.input()
    input.mark(.connected)
    let tokens = action.exactlyOnce ? PostgresTokenTable(key: context.idempotencyKey) : nil
    tokens?.makeTable(&input)
    let reads = query?.onlyReads == true && !action.exactlyOnce
    if leaving == nil {
      input.begin(reads ? .readOnly : .readWrite, timeout: context.step.timeout)
    } else {
      input.configure(timeout: context.step.timeout, isLocal: false)
    }
    try tokens?.claim(&input, at: now)
    if let query {
      try collect(body, query, &input)
      tokens?.keep(&input, allRows: action.allRows)
    } else {
      for (index, reference) in body.statements.enumerated() {
        try input.execute(try body.text(of: reference), statement: index)
      }
    }
    tokens?.verify(&input)
    if leaving == nil { input.commit(says: tokens == nil) } else { input.mark(.committed) }
    if injectedError(.beforeSQLCommit) != 0 { throw DatabaseProblem(message: "disk I/O error") }
    let report = try session.run(input)
    faultPoint(.afterSQLCommit)
    keepLog(report)
    let outcome = PostgresOutcome(
      report: report, input: input, body: body, isTransaction: leaving == nil, exactlyOnce: action.exactlyOnce,
      readsOnly: reads)
    return try outcome.result(hasValues: query != nil, allRows: action.allRows)
  }

  private func collect(_ body: PostgresBody, _ query: PostgresScript, _ input: inout PostgresInput) throws {
    let limit = action.allRows ? PostgresRunner.rowsLimit + 1 : 2
    try input.collect(
      try body.text(of: body.statements[0]), isSelection: query.isSelection, limit: limit, statement: 0)
    let count = "json_array_length(\(PostgresInput.rows)::json)"
    input.line("SELECT \(count) AS execplan_count \\gset")
    let isWrong = action.allRows ? ":execplan_count > \(PostgresRunner.rowsLimit)" : ":execplan_count <> 1"
    input.end(if: isWrong, .rows, ":execplan_count")
    input.end(if: "octet_length(\(PostgresInput.rows)) > \(PostgresSession.rowsLimit)", .large)
    input.print("SELECT \(PostgresInput.rows)")
  }

  private func keepLog(_ report: PostgresReport) {
    guard let log, !report.messages.isEmpty else { return }
    let text = context.site.secrets.masked(report.log)
    do {
      try context.site.world.makePrivateFolder(PathName.parent(log))
      try PrivateFile.write(text, to: log)
    } catch {
      // What the server told is no part of the effect: a log that can't be written changes nothing of it.
    }
  }
}
