internal import PlanModel
internal import SourceText

/// The script that `psql` reads, line by line.
///
/// Only lines of execplan's own are read as `psql` reads them. SQL of the plan travels as a quoted text, which the server
/// gives back and `\gexec` sends as it is: neither a backslash nor a `:name` in it means anything to `psql`.
struct PostgresInput {
  /// Begins the lines with which the script says how far it came; unknown to what it runs.
  let nonce: String
  private(set) var text = ""
  private var count = 0
  /// By line, the statement of the plan that it sends.
  private var statements: [Int: Int] = [:]

  init(nonce: String) {
    self.nonce = nonce
    // What the statements of a script give goes nowhere.
    line("\\o /dev/null")
  }

  /// The statement of the plan on a line of the script, which counts from 1.
  func statement(onLine line: Int) -> Int? { statements[line] }

  mutating func line(_ line: String) {
    text += line
    text += "\n"
    count += 1
  }

  /// Says on stderr that the script came this far: that is never held back in a buffer.
  mutating func mark(_ mark: PostgresMark, _ more: String = "") {
    line("\\warn \(nonce) \(mark.rawValue)" + (more.isEmpty ? "" : " \(more)"))
  }

  /// Ends the script here, if a condition holds that `query` gives as `execplan_ends`.
  mutating func end(if query: String, _ mark: PostgresMark, _ more: String = "") {
    line("SELECT \(query) AS execplan_ends \\gset")
    line("\\if :execplan_ends")
    line("ROLLBACK;")
    self.mark(mark, more)
    line("\\q")
    line("\\endif")
  }

  /// Sends SQL of the plan to the server as it is.
  mutating func execute(_ sql: String, statement: Int? = nil) throws(EvaluationError) {
    if let statement { statements[count + 1] = statement }
    line("SELECT \(try PostgresLiteral.text(sql)) \\gexec")
  }

  /// Prints what a query of execplan's own gives.
  mutating func print(_ query: String) {
    line("\\o")
    line("\(query);")
    line("\\o /dev/null")
  }

  // MARK: Rows

  /// The setting in which the rows of a query wait to be printed and kept, of this transaction only.
  static let rows = "current_setting('execplan.rows')"

  /// Runs a query and keeps its rows as a JSON array of objects.
  ///
  /// - Parameter limit: how many rows are kept; there may be more.
  mutating func collect(_ query: String, isSelection: Bool, limit: Int, statement: Int) throws(EvaluationError) {
    if isSelection {
      // The lines of the query keep their numbers.
      try execute(
        "SELECT set_config('execplan.rows', coalesce(json_agg(execplan_row)::text, '[]'), true) "
          + "FROM (SELECT * FROM (\(query)\n) execplan_query LIMIT \(limit)) execplan_row", statement: statement)
      return
    }
    // What changes data can't be a subquery.
    try execute(
      """
      DO $execplan$ DECLARE execplan_rows json[] := '{}'; execplan_row record; BEGIN \
      FOR execplan_row IN EXECUTE \(try PostgresLiteral.text(query)) LOOP \
      execplan_rows := execplan_rows || row_to_json(execplan_row); \
      EXIT WHEN cardinality(execplan_rows) >= \(limit); END LOOP; \
      PERFORM set_config('execplan.rows', array_to_json(execplan_rows)::text, true); END $execplan$
      """.replacing("$execplan$", with: PostgresInput.tag(for: query)), statement: statement)
  }

  /// Quotes the body of a block; nothing in the query ends it.
  private static func tag(for query: String) -> String {
    var number = 0
    while query.contains("$execplan\(number)$") { number += 1 }
    return "$execplan\(number)$"
  }

  // MARK: Transactions

  enum Mode {
    case readWrite
    case readOnly
    /// All queries see the state at the first of them.
    case snapshot
  }

  /// Begins the transaction.
  ///
  /// - Parameter timeout: how long the server lets one statement run, in case nobody is there to interrupt it.
  mutating func begin(_ mode: Mode, timeout: Duration?) {
    switch mode {
    case .readWrite: line("BEGIN;")
    case .readOnly: line("BEGIN READ ONLY;")
    case .snapshot: line("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;")
    }
    configure(timeout: timeout, isLocal: true)
  }

  /// Settings of the transaction, or of the session.
  mutating func configure(timeout: Duration?, isLocal: Bool) {
    // Values are quoted and SQL is cut up as if it were on, which is the default since PostgreSQL 9.1.
    line("SELECT set_config('standard_conforming_strings', 'on', \(isLocal));")
    // A commit that was reported must outlive a crash of the server.
    line(
      "SELECT set_config('synchronous_commit', 'on', \(isLocal)) WHERE current_setting('synchronous_commit') = 'off';")
    // A statement whose psql was killed ends, too: PostgreSQL 14 and newer, where the system can tell.
    line(
      "SELECT set_config('client_connection_check_interval', '2s', \(isLocal)) "
        + "WHERE current_setting('server_version_num')::int >= 140000 AND version() ~* 'linux|apple|freebsd';")
    if let timeout {
      let most = timeout.wholeMilliseconds + 5000
      line(
        "SELECT set_config('statement_timeout', '\(most)', \(isLocal)) FROM pg_settings "
          + "WHERE name = 'statement_timeout' AND setting::bigint NOT BETWEEN 1 AND \(most);")
    }
  }

  /// Ends the transaction.
  ///
  /// - Parameter says: whether the script says before that it is about to. What it says to an execplan that is gone ends
  ///   `psql`, and the transaction with it.
  mutating func commit(says: Bool) {
    if says { mark(.committing) }
    line("COMMIT;")
    mark(.committed)
  }
}

/// How far a script came.
enum PostgresMark: String {
  case connected, committing, committed
  /// The token is there already.
  case hit
  /// The query gave another number of rows than it may.
  case rows
  /// The rows are too long to be values.
  case large
  /// The transaction that was begun is not the one that goes on.
  case ended
  /// Another session holds the token.
  case busy
}
