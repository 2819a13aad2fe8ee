internal import PlanModel
internal import SQLite

/// Looks for what is wrong in a journal: pages, references, rows that cannot be read or contradict each other.
struct JournalCheck {
  let connection: Connection

  /// How many problems are told.
  private static let limit = 20

  /// Empty when all is well. At most twenty, each one line.
  func problems() -> [String] {
    var found: [String] = []
    for look in [pages, references, contents, contradictions, counters] {
      do {
        found += try look()
      } catch {
        found.append(JournalError(error).description)
      }
      // What lies on a broken page cannot be judged.
      if !found.isEmpty { break }
    }
    return found.prefix(JournalCheck.limit).map { String($0.prefix { $0 != "\n" }) }
  }

  private func pages() throws -> [String] {
    let lines = try connection.rows("PRAGMA integrity_check(\(JournalCheck.limit))").compactMap { row -> String? in
      if case .text(let text) = row[0] { text } else { nil }
    }
    return lines == ["ok"] ? [] : lines.isEmpty ? ["the check of its pages says nothing"] : lines
  }

  private func references() throws -> [String] {
    try connection.rows("PRAGMA foreign_key_check").map { row in
      "a row of \"\(row[0].shown)\" refers to a row of \"\(row[2].shown)\" that is not there"
    }
  }

  private func contents() throws -> [String] {
    var found: [String] = []
    for table in DecodedTable.all {
      for (id, error) in try table.unreadable(in: connection) {
        found.append("row \(id) of \"\(table.name)\": \(error.description)")
      }
    }
    return found
  }

  private func contradictions() throws -> [String] {
    var found: [String] = []
    for (sql, what) in JournalCheck.queries {
      for row in try connection.rows(sql) { found.append(what(row[0].shown)) }
    }
    return found
  }

  /// Each gives the ids of rows that no commit of execplan leaves.
  private static let queries: [(sql: String, what: @Sendable (String) -> String)] = [
    (
      "SELECT a.id FROM attempts a JOIN legs l ON l.id = a.leg_id WHERE l.run_id <> a.run_id",
      { "attempt \($0) and its leg belong to different runs" }
    ),
    (
      "SELECT a.id FROM attempts a JOIN runs r ON r.id = a.run_id WHERE r.plan_id <> a.plan_id",
      { "attempt \($0) and its run belong to different plans" }
    ),
    (mismatched, { "checkpoint \($0) does not fit its attempt" }),
    (unproven, { "attempt \($0) succeeded, and its checkpoint is lost" }),
  ]

  /// Checkpoints of another step or run than their attempt's.
  static let mismatched = """
    SELECT c.id FROM checkpoints c JOIN attempts a ON a.id = c.attempt_id
    WHERE a.step <> c.step OR a.run_id <> c.run_id OR a.plan_id <> c.plan_id
    """

  /// Successes without a checkpoint, not even one that no longer counts: both are written in one commit.
  static let unproven = """
    SELECT id FROM attempts
    WHERE state = 'succeeded' AND id NOT IN (SELECT attempt_id FROM checkpoints WHERE attempt_id IS NOT NULL)
    """

  private func counters() throws -> [String] {
    var found: [String] = []
    for (name, table) in [("run", "runs"), ("leg", "legs"), ("attempt", "attempts")] {
      let behind = try connection.value(
        "SELECT coalesce((SELECT next FROM counters WHERE name = ?1), 0) <= (SELECT coalesce(max(id), 0) FROM \(table))",
        .text(name))
      if behind == .integer(1) { found.append("the counter of \(name)s is behind") }
    }
    return found
  }
}

extension SQLiteValue {
  /// For messages.
  var shown: String {
    switch self {
    case .null: "nothing"
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    case .blob(let bytes): "\(bytes.count) bytes"
    }
  }
}

/// A table whose rows are read as values of the plan model.
struct DecodedTable: Sendable {
  let name: String
  private let sql: String
  private let decode: @Sendable (Row) throws(JournalError) -> Void

  static let all: [DecodedTable] = [
    DecodedTable(
      name: "runs",
      sql: """
        SELECT r.id, r.id, '', r.path, r.state, r.started_at, r.finished_at, r.params, r.profile, r.plan_digest,
          r.conflicts FROM runs r
        """
    ) { row throws(JournalError) in
      _ = try row.name(4, as: RunState.self)
      _ = try RowCoding.decodeEntries(row.string(7))
      _ = try row.digest(9)
      _ = try RowCoding.decodeConflicts(row.optionalString(10))
      _ = try row.int64(5)
      _ = try row.string(3)
    },
    DecodedTable(name: "legs", sql: "SELECT l.id, \(Row.leg("l")) FROM legs l") { row throws(JournalError) in
      _ = try row.leg(1)
    },
    DecodedTable(name: "attempts", sql: "SELECT a.id, \(Row.attempt("a")) FROM attempts a") {
      row throws(JournalError) in _ = try row.attempt(1)
    },
    DecodedTable(name: "checkpoints", sql: "SELECT c.id, \(Row.checkpoint) FROM checkpoints c") {
      row throws(JournalError) in _ = try row.checkpoint(1)
    },
    DecodedTable(name: "approvals", sql: "SELECT \(Row.approval), a.parts FROM approvals a") {
      row throws(JournalError) in
      _ = try row.approval(of: "")
      _ = try RowCoding.decodeEntries(row.string(14))
    },
    DecodedTable(name: "events", sql: "SELECT seq, kind, payload FROM events") { row throws(JournalError) in
      _ = try row.name(1, as: Event.Kind.self)
      _ = try RowCoding.decodeEntries(row.string(2))
    },
    DecodedTable(name: "plan_texts", sql: "SELECT rowid, digest, json FROM plan_texts") { row throws(JournalError) in
      _ = try row.digest(1)
      _ = try RowCoding.decodeEntries(row.string(2))
    },
  ]

  /// The rows that cannot be read, with what is wrong.
  func unreadable(in connection: Connection) throws -> [(id: Int64, error: JournalError)] {
    var found: [(Int64, JournalError)] = []
    let statement = try connection.prepare(sql)
    while try statement.step() {
      let row = Row(statement: statement)
      do throws(JournalError) {
        try decode(row)
      } catch {
        found.append((row.optionalInt64(0) ?? 0, error))
      }
    }
    return found
  }
}
