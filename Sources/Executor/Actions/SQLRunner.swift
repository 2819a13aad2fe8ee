internal import FaultPoints
package import PlanModel
internal import Planner
internal import SQLite
internal import SourceText

/// Runs an `sql` action on a SQLite database; one on PostgreSQL it hands on to `PostgresRunner`.
///
/// All statements are one transaction, unless the text begins one itself. `ATTACH` and `PRAGMA` at the head come
/// before it, because they can't stand in one. With `exactly_once` a token is committed together with the effect, so
/// that a second try finds out that the first one succeeded.
package struct SQLRunner {
  package let action: SQLAction
  let context: StepContext
  /// Milliseconds since 1970.
  let now: Int64
  /// The file for what a server tells.
  var log: String?

  struct Problem: Error {
    var message: String
  }

  /// The attempt is to end, and no statement was running that SQLite could have interrupted.
  private struct Interruption: Error {}

  /// Of the step's effect: committed with it when it is wanted exactly once.
  package var token: String { context.idempotencyKey }
  package var step: String { context.step.id.value }

  func run() -> AttemptResult {
    let interrupted = AttemptResult(.cancelled, reason: "interrupted; the transaction was rolled back")
    do {
      if context.cancellation.isCancelled { return AttemptResult(.cancelled) }
      switch action.database {
      case .sqlite(let path): return try perform(path)
      case .postgres(let connection):
        return try PostgresRunner(
          action: action, connection: connection, context: context, now: now, log: log
        ).run()
      }
    } catch is Interruption {
      return interrupted
    } catch let error as SQLiteError {
      if error.kind == .interrupted || context.cancellation.isCancelled { return interrupted }
      return .failed(SQLRunner.text(of: error))
    } catch let error as EvaluationError {
      return .failed(error.message)
    } catch let error as Problem {
      return .failed(error.message)
    } catch let error as DatabaseProblem {
      return AttemptResult(.failed, exitCode: error.exitCode, reason: error.message)
    } catch {
      return .failed("\(error)")
    }
  }

  private func perform(_ file: PathPattern) throws -> AttemptResult {
    let path = context.site.absolute(file.text)
    if case .query(let query) = action.body, !action.exactlyOnce, let values = try read(query, path) {
      var result = AttemptResult(.succeeded)
      result.values = values
      return result
    }
    let isQuery = if case .query = action.body { true } else { false }
    if isQuery, try context.site.files.status(file.text) == nil {
      throw Problem(message: "there is no database \"\(file.text)\"")
    }
    let connection: Connection
    do {
      connection = try Connection(path: path, access: .create, busyTimeout: 30_000)
    } catch {
      throw Problem(message: "cannot open \"\(file.text)\": \(error.message)")
    }
    _ = try connection.configure(.asFound)
    return try context.cancellation.covering(connection, lockTimeout: 30_000) { try write(on: connection) }
  }

  /// A query that only reads changes nothing beside the database either; nil if the statement writes.
  private func read(_ query: SQLText, _ path: String) throws -> [Value.Entry]? {
    try Connection.reading(path) { connection -> [Value.Entry]? in
      try context.cancellation.covering(connection) {
        let statement = try connection.prepare(query.text)
        guard statement.isReadOnly else { return nil }
        try bind(query, to: statement)
        return try values(of: statement)
      }
    } ?? nil
  }

  private func write(on connection: Connection) throws -> AttemptResult {
    let transaction = Transaction(connection: connection, mustHold: action.exactlyOnce)
    do {
      var result = AttemptResult(.succeeded)
      if action.exactlyOnce {
        try transaction.begin()
        if let values = try Token.values(context.idempotencyKey, on: connection) {
          try transaction.rollback()
          result.values = values
          result.reason = "its token says that it took effect already"
          return result
        }
      }
      switch action.body {
      case .script(let text): try run(text.text, bindings: text.bindings, in: transaction)
      case .statements(let list): for text in list { try run(text.text, bindings: text.bindings, in: transaction) }
      case .file(let path):
        guard let bytes = try context.site.files.content(path.text, limit: DesiredFile.sizeLimit) else {
          throw Problem(message: "the file \"\(path.text)\" is not there")
        }
        try run(String(decoding: bytes, as: UTF8.self), bindings: [], in: transaction)
      case .query(let query):
        try transaction.begin()
        let statement = try connection.prepare(query.text)
        try bind(query, to: statement)
        result.values = try values(of: statement)
      }
      if action.exactlyOnce { try Token.insert(context.idempotencyKey, result.values, at: now, on: connection) }
      if injectedError(.beforeSQLCommit) != 0 { throw Problem(message: "disk I/O error") }
      try transaction.commit()
      faultPoint(.afterSQLCommit)
      return result
    } catch {
      try? transaction.rollback()
      throw error
    }
  }

  private func run(_ text: String, bindings: [Expression], in transaction: Transaction) throws {
    var script = try transaction.connection.script(text)
    let values = try parameters(bindings)
    let named = try namedParameters()
    while let statement = try script.next() {
      if context.cancellation.isCancelled { throw Interruption() }
      try transaction.prepare(for: statement)
      try SQLValues.bind(values, to: statement)
      try bind(named, to: statement)
      try requireBound(statement, count: values.count)
      while try statement.step() {}
      try transaction.verify(after: statement)
    }
  }

  // MARK: Values

  private func parameters(_ bindings: [Expression]) throws -> [SQLiteValue] {
    try bindings.map { try SQLValues.parameter(try $0.evaluate(in: context.scope)) }
  }

  private func namedParameters() throws -> [(name: String, value: SQLiteValue)] {
    try action.bind.map { ($0.name.value, try SQLValues.parameter(try $0.value.render(in: context.scope))) }
  }

  private func bind(_ query: SQLText, to statement: Statement) throws {
    try SQLValues.bind(try parameters(query.bindings), to: statement)
    try bind(try namedParameters(), to: statement)
    try requireBound(statement, count: query.bindings.count)
  }

  /// A parameter without a value would silently be null.
  private func requireBound(_ statement: Statement, count: Int) throws(Problem) {
    for index in 1...max(1, statement.parameterCount) where index <= statement.parameterCount && index > count {
      guard let name = statement.parameterName(index) else {
        throw Problem(message: "\"?\" has no value; use \"bind\"")
      }
      if !action.bind.contains(where: { $0.name.value == name.dropFirst() }) {
        throw Problem(message: "\"\(name)\" has no value; add it to \"bind\"")
      }
    }
  }

  private func bind(_ named: [(name: String, value: SQLiteValue)], to statement: Statement) throws {
    for (name, value) in named {
      for prefix in [":", "@", "$"] {
        if let index = statement.parameterIndex(prefix + name) { try statement.bind(value, at: index) }
      }
    }
  }

  /// The columns of the only row, or all rows as the value `rows`.
  private func values(of statement: Statement) throws -> [Value.Entry] {
    let names = statement.columnNames
    var rows: [[Value.Entry]] = []
    while try statement.step() {
      rows.append(try zip(names, statement.row).map { Value.Entry($0, try SQLValues.value($1)) })
      if !action.allRows, rows.count > 1 {
        throw Problem(message: "the query gives more than one row; add \"rows: all\" or a LIMIT")
      }
      if rows.count > 10_000 { throw Problem(message: "the query gives more than 10,000 rows") }
    }
    if action.allRows { return [Value.Entry("rows", .list(rows.map(Value.map)))] }
    if names.isEmpty { return [] }
    guard let row = rows.first else { throw Problem(message: "the query gives no row") }
    return row
  }

  static func text(of error: SQLiteError) -> String {
    guard let sql = error.sql else { return error.message }
    let line = sql.split(separator: "\n").first { !$0.drop { $0 == " " }.isEmpty }.map(String.init) ?? ""
    return "\(error.message), in \"\(line.prefix(80))\""
  }
}

/// The transaction of one action.
private struct Transaction {
  let connection: Connection
  /// It is execplan's alone: the text may not end it.
  let mustHold: Bool

  func begin() throws {
    guard connection.isAutocommit else { return }
    try connection.run("BEGIN IMMEDIATE")
  }

  /// Begins before the first statement that may stand in a transaction and does not begin one itself.
  func prepare(for statement: Statement) throws {
    // After a COMMIT of the text, too: what follows it is a transaction again.
    guard connection.isAutocommit else { return }
    switch statement.keyword {
    case "ATTACH", "DETACH", "PRAGMA", "VACUUM", "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT": return
    default: try begin()
    }
  }

  func verify(after statement: Statement) throws {
    if mustHold, connection.isAutocommit {
      throw SQLRunner.Problem(
        message: "\(statement.keyword) ended the transaction of \"exactly_once\"; leave it to execplan")
    }
  }

  func commit() throws {
    if !connection.isAutocommit { try connection.run("COMMIT") }
  }

  func rollback() throws {
    if !connection.isAutocommit { try connection.run("ROLLBACK") }
  }
}

/// The token that commits together with the effect of an `exactly_once` action.
enum Token {
  private static let table = """
    CREATE TABLE IF NOT EXISTS execplan_tokens (key TEXT PRIMARY KEY, "values" TEXT NOT NULL, at INTEGER NOT NULL) \
    WITHOUT ROWID
    """

  /// The values that a run with this key committed; nil when none did.
  static func values(_ key: String, on connection: Connection) throws -> [Value.Entry]? {
    try connection.run(table)
    guard
      case .text(let json)? = try connection.value("SELECT \"values\" FROM execplan_tokens WHERE key = ?1", .text(key))
    else { return nil }
    guard case .map(let entries) = try JSONReader.read(Array(json.utf8)) else { return [] }
    return entries
  }

  /// Whether a run with this key committed, found out without changing anything.
  static func isThere(_ key: String, in path: String) throws -> Bool {
    try Connection.reading(path) { connection in
      let tables = try connection.value("SELECT count(*) FROM sqlite_schema WHERE name = 'execplan_tokens'")
      guard tables == .integer(1) else { return false }
      return try connection.value("SELECT 1 FROM execplan_tokens WHERE key = ?1", .text(key)) == .integer(1)
    } ?? false
  }

  static func insert(_ key: String, _ values: [Value.Entry], at now: Int64, on connection: Connection) throws {
    try connection.run(
      "INSERT INTO execplan_tokens (key, \"values\", at) VALUES (?1, ?2, ?3)", .text(key),
      .text(JSONWriter.compact(.map(values))), .integer(now))
  }
}
