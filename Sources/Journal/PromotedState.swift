package import PlanModel
internal import SQLite

/// A value of a plan's state, the run that promoted it, and what it took the place of.
package struct PromotedValue: Hashable, Sendable {
  package enum Previous: Hashable, Sendable {
    /// It was promoted by a version that kept nothing, or was brought back.
    case unknown
    case nothing
    case value(Value, run: Int64)
  }

  package var key: String
  package var value: Value
  package var previous: Previous

  package init(key: String, value: Value, previous: Previous) {
    self.key = key
    self.value = value
    self.previous = previous
  }
}

/// How values of a plan's state make way for others and come back: in the column `previous` stands the one before.
enum PromotedState {
  static func promote(_ entries: [Value.Entry], of run: Int64, _ plan: String, _ db: Connection) throws {
    for entry in entries {
      let old = try db.rows(
        """
        SELECT s.value, s.run_id, s.previous FROM state s JOIN plans p ON p.id = s.plan_id
        WHERE p.key = ?1 AND s.key = ?2
        """, .text(plan), .text(entry.key)
      ).first
      let previous: SQLiteValue =
        switch (old?[0], old?[1]) {
        // What a rollback brought back may stand under the run itself.
        case (.text?, .integer(run)?) where old?[2] != .null: old?[2] ?? .null
        case (.text(let value)?, .integer(let other)?): .text("{\"run\":\(other),\"value\":\(value)}")
        default: .text("{}")
        }
      try db.run(
        """
        INSERT INTO state(plan_id, key, value, run_id, previous) SELECT id, ?2, ?3, ?4, ?5 FROM plans WHERE key = ?1
        ON CONFLICT(plan_id, key) DO UPDATE SET
          value = excluded.value, run_id = excluded.run_id, previous = excluded.previous
        """, .text(plan), .text(entry.key), .text(RowCoding.encode(entry.value)), .integer(run), previous)
      try JournalWriter.expectChange(db, "there is no plan \"\(plan)\"")
    }
  }

  static func restore(_ run: Int64, _ db: Connection) throws {
    for row in try db.rows(
      """
      SELECT plan_id, key, previous FROM state
      WHERE run_id = ?1 AND previous IS NOT NULL AND plan_id = (SELECT plan_id FROM runs WHERE id = ?1)
      """, .integer(run))
    {
      guard case .text(let text) = row[2] else { continue }
      switch try previous(text) {
      case .value(let value, let earlier):
        // The earlier run may have been pruned since.
        try db.run(
          """
          UPDATE state SET value = ?3, previous = NULL, run_id = coalesce((SELECT id FROM runs WHERE id = ?4), run_id)
          WHERE plan_id = ?1 AND key = ?2
          """, row[0], row[1], .text(RowCoding.encode(value)), .integer(earlier))
      case .nothing, .unknown: try db.run("DELETE FROM state WHERE plan_id = ?1 AND key = ?2", row[0], row[1])
      }
    }
  }

  static func previous(_ text: String?) throws(JournalError) -> PromotedValue.Previous {
    guard let text else { return .unknown }
    let entries = try RowCoding.decodeEntries(text)
    guard case .int(let run)? = entries.first(where: { $0.key == "run" })?.value,
      let value = entries.first(where: { $0.key == "value" })?.value
    else { return .nothing }
    return .value(value, run: Int64(run))
  }
}
