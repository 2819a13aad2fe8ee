internal import PlanModel
internal import Subprocess

/// Tells from what `psql` said what became of an action.
struct PostgresOutcome {
  let report: PostgresReport
  let input: PostgresInput
  let body: PostgresBody
  /// One transaction was around all statements.
  let isTransaction: Bool
  let exactlyOnce: Bool
  let readsOnly: Bool

  func result(hasValues: Bool, allRows: Bool) throws -> AttemptResult {
    if report.has(.hit) {
      var result = AttemptResult(.succeeded)
      result.values = try values(allRows: nil)
      result.reason = "its token says that it took effect already"
      return result
    }
    if report.has(.committed) {
      var result = AttemptResult(.succeeded)
      if hasValues { result.values = try values(allRows: allRows) }
      return result
    }
    if report.has(.rows) { return failed(rowsProblem(allRows: allRows)) }
    if report.has(.large) { return failed("the query gives more than \(PostgresSession.rowsLimit >> 20) MiB of rows") }
    if report.has(.ended) {
      return failed("a statement ended the transaction of \"exactly_once\"; leave it to execplan")
    }
    if let result = undecided { return result }
    if report.completion.outcome != .ended {
      return AttemptResult(.cancelled, reason: "interrupted; \(leftover)")
    }
    return failed(failure)
  }

  /// COMMIT was sent, and nobody heard what came of it: the server may have done it. With a token the next try finds
  /// out; what only reads does no harm.
  private var undecided: AttemptResult? {
    let wasSent = isTransaction ? report.has(.committing) : report.has(.connected)
    guard wasSent, !exactlyOnce, !readsOnly else { return nil }
    // An answer to COMMIT that says no is an answer: a constraint that is checked last.
    if report.completion.outcome == .ended, report.exitCode == 3 { return nil }
    if !isTransaction, report.completion.outcome != .ended, report.exitCode == 3 { return nil }
    let what = isTransaction ? "COMMIT was sent, and the answer was lost" : "the connection was lost, and \(leftover)"
    return AttemptResult(.inDoubt, exitCode: report.exitCode, reason: "\(what): \(report.failure.summary)")
  }

  /// What is left in the database of an action that did not come to its end.
  private var leftover: String {
    if exactlyOnce { return "its token tells the next try whether the transaction was committed" }
    return isTransaction
      ? "the transaction was rolled back" : "what ran before stays, as the text ends transactions itself"
  }

  private var failure: String {
    let message = report.failure
    if message.code == "42P11" { return "the query gives no columns; use \"script\" for what gives none" }
    guard let line = message.line, let index = input.statement(onLine: line) else {
      if let line = message.line, line > 1, message.code != nil {
        return "\(message.summary), at the end of the action"
      }
      return message.summary
    }
    return body.describe(message, body.statements[index])
  }

  private func failed(_ reason: String) -> AttemptResult {
    AttemptResult(.failed, exitCode: report.exitCode, reason: reason)
  }

  private func rowsProblem(allRows: Bool) -> String {
    if allRows { return "the query gives more than 10,000 rows" }
    if report.more(.rows) == "0" { return "the query gives no row" }
    return "the query gives more than one row; add \"rows: all\" or a LIMIT"
  }

  /// - Parameter allRows: nil: what is printed are values that were kept with a token.
  private func values(allRows: Bool?) throws -> [Value.Entry] {
    if report.completion.isOutputCut { throw DatabaseProblem(message: "the rows of the query are too long") }
    guard let allRows else {
      guard case .map(let entries) = try JSONReader.read(report.completion.output) else { return [] }
      return entries
    }
    let rows = try PostgresRows.read(report.completion.output)
    if allRows { return [Value.Entry("rows", .list(rows.map(Value.map)))] }
    return rows.first ?? []
  }
}
