internal import DataQuality
internal import PlanModel
internal import Subprocess

/// A `psql` that is asked one query after another, all of them in one transaction that only reads and sees one state.
///
/// Each query has a savepoint of its own, so that one that fails spoils none of the others. Rows come as `COPY` writes
/// them: line by line as the server finds them, whatever bytes their texts hold.
final class PostgresConversation {
  private let conversation: Conversation
  private let nonce: String
  private let session: PostgresSession
  /// The database as the server calls it.
  private(set) var database = ""

  /// - Parameter statementTimeout: how long the server lets one query run, in case nobody is there to interrupt it.
  /// - Throws: when the server can't be reached.
  init(_ session: PostgresSession, statementTimeout: Duration?) throws {
    self.session = session
    nonce = session.nonce
    conversation = try session.converse()
    var input = session.input()
    input.begin(.snapshot, timeout: statementTimeout)
    // Values are compared as they are shown: in one zone, in one form, with all their digits.
    for setting in [
      "TimeZone = 'UTC'", "DateStyle = 'ISO'", "IntervalStyle = 'postgres'", "extra_float_digits = 3",
      "synchronize_seqscans = off",
    ] { input.line("SET LOCAL \(setting);") }
    input.line("\\o")
    // From here on what fails is told, and psql goes on.
    input.line("\\set ON_ERROR_STOP 0")
    input.line("\\set ON_ERROR_ROLLBACK on")
    do {
      try ask(input.text + "COPY (SELECT pg_catalog.current_database()) TO STDOUT;\n") { fields in
        self.database = fields.first.flatMap { $0 } ?? ""
      }
    } catch {
      end()
      throw error
    }
  }

  /// Ends the transaction and the session.
  func end() { _ = try? conversation.end() }

  /// Calls the body with the fields of each row of a query, in their text form; nil for no value.
  ///
  /// - Throws: `TableProblem` for a query that fails, `TableLoss` when no other will succeed.
  func eachRow(_ query: String, _ body: ([String?]) -> Void) throws {
    do {
      try ask("SELECT \(try PostgresLiteral.text("COPY (\(query)\n) TO STDOUT")) \\gexec\n", body)
    } catch let error as EvaluationError {
      throw TableProblem(error.message)
    }
  }

  func rows(_ query: String) throws -> [[String?]] {
    var rows: [[String?]] = []
    try eachRow(query) { rows.append($0) }
    return rows
  }

  /// Gives psql lines, and takes rows up to the line that says that they are over.
  private func ask(_ script: String, _ body: ([String?]) -> Void) throws {
    var reader = PostgresCopyReader(nonce: nonce)
    let mark = "\\echo \(nonce) :ERROR\n"
    let isAnswered = try conversation.ask(Array((script + mark).utf8)) { piece in reader.take(piece, body) }
    let errors = conversation.errors()
    guard isAnswered else { throw loss(errors) }
    let report = PostgresReport(
      Completion(outcome: .ended, status: .exited(0), errorOutput: errors), nonce: nonce)
    if let error = report.error { throw TableProblem(error.summary) }
    if reader.end != "false" { throw TableProblem(report.messages.last?.summary ?? "psql failed without a word") }
  }

  private func loss(_ errors: [UInt8]) -> TableLoss {
    guard var completion = conversation.completion else { return TableLoss("psql does not answer") }
    switch completion.outcome {
    case .cancelled: return TableLoss("it was cancelled")
    case .timedOut: return TableLoss("it ran longer than the step's timeout")
    case .ended: break
    }
    completion.errorOutput = errors
    return TableLoss(PostgresReport(completion, nonce: nonce).failure.summary)
  }
}
