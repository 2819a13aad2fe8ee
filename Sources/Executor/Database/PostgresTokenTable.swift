internal import Digest
internal import PlanModel
internal import Subprocess

/// The table `execplan_tokens` of a PostgreSQL database: the token of an `exactly_once` action commits together with its
/// effect.
///
/// The token is written first, not last: a second session with the same token then waits until the first one is over,
/// as after a kill of execplan whose `psql` went on.
struct PostgresTokenTable {
  private let key: String

  /// - Parameter key: hexadecimal digits.
  init(key: String) { self.key = key }

  /// The number of the lock that whoever makes the table holds.
  private static let makingLock: Int64 = 0x6578_6563_706C_616E

  /// The number of the lock that is held while the transaction of the token goes on.
  private var lock: Int64 {
    SHA256.digest(of: key).bytes.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
  }

  private var quotedKey: String { QuotedText.quoted(key, with: "'", each: "''") }

  private static let columns = "(key text PRIMARY KEY, \"values\" text NOT NULL, at bigint NOT NULL)"

  /// Makes the table if it is missing, in a transaction of its own. `IF NOT EXISTS` alone is no help to two sessions
  /// that do it at the same time, so they take turns.
  func makeTable(_ input: inout PostgresInput) {
    input.line("SELECT to_regclass('execplan_tokens') IS NULL AS execplan_missing \\gset")
    input.line("\\if :execplan_missing")
    input.line("BEGIN;")
    input.line("SELECT pg_advisory_xact_lock(\(PostgresTokenTable.makingLock));")
    input.line("SET LOCAL client_min_messages = warning;")
    input.line("CREATE TABLE IF NOT EXISTS execplan_tokens \(PostgresTokenTable.columns);")
    input.line("COMMIT;")
    input.line("\\endif")
    // The action may change the search path.
    input.line(
      "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS execplan_tokens FROM pg_class c "
        + "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass('execplan_tokens') \\gset")
  }

  /// Takes the token; if it is there already, prints its values and ends the script.
  func claim(_ input: inout PostgresInput, at now: Int64) throws {
    input.line("SELECT pg_advisory_xact_lock(\(lock));")
    input.line(
      "INSERT INTO :execplan_tokens (key, \"values\", at) VALUES (\(quotedKey), '{}', \(now)) "
        + "ON CONFLICT (key) DO NOTHING;")
    input.line("SELECT :ROW_COUNT = 0 AS execplan_hit \\gset")
    input.line("\\if :execplan_hit")
    input.print("SELECT \"values\" FROM :execplan_tokens WHERE key = \(quotedKey)")
    input.line("ROLLBACK;")
    input.mark(.hit)
    input.line("\\q")
    input.line("\\endif")
    input.line("SELECT txid_current() AS execplan_transaction \\gset")
  }

  /// Keeps the values of the action with its token.
  func keep(_ input: inout PostgresInput, allRows: Bool) {
    let values =
      allRows
      ? "json_build_object('rows', \(PostgresInput.rows)::json)::text" : "(\(PostgresInput.rows)::json -> 0)::text"
    input.line("UPDATE :execplan_tokens SET \"values\" = \(values) WHERE key = \(quotedKey);")
  }

  /// Makes sure that the transaction in which the token was taken still goes on.
  func verify(_ input: inout PostgresInput) {
    input.end(if: "txid_current() <> :execplan_transaction", .ended)
  }

  // MARK: Looking

  /// Asks whether the token is there; prints `t` or `f`.
  func ask(_ input: inout PostgresInput) {
    input.begin(.readOnly, timeout: .seconds(30))
    input.end(if: "NOT pg_try_advisory_xact_lock_shared(\(lock))", .busy)
    input.line("SELECT to_regclass('execplan_tokens') IS NOT NULL AS execplan_known \\gset")
    input.line("\\if :execplan_known")
    input.print("SELECT EXISTS (SELECT 1 FROM execplan_tokens WHERE key = \(quotedKey))")
    input.line("\\else")
    input.print("SELECT false")
    input.line("\\endif")
    input.line("ROLLBACK;")
    input.mark(.committed)
  }
}

/// Where the token of an action is looked for.
package enum TokenDatabase: Sendable {
  /// The absolute path of a SQLite file.
  case sqlite(path: String)
  case postgres(PostgresSession)
}

extension PostgresSession {
  /// Whether the transaction with a token was committed.
  ///
  /// - Throws: when the server can't be asked, or the transaction still goes on.
  func hasToken(_ token: String) throws -> Bool {
    var session = self
    session.timeout = .seconds(60)
    var input = input()
    input.mark(.connected)
    PostgresTokenTable(key: token).ask(&input)
    let report = try session.run(input)
    if report.has(.busy) { throw DatabaseProblem(message: "the transaction still goes on") }
    guard report.has(.committed) else {
      throw DatabaseProblem(message: report.failure.summary, exitCode: report.exitCode)
    }
    return report.completion.output.first == UInt8(ascii: "t")
  }
}
