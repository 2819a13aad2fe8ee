internal import SQLite

/// Which runs may be forgotten.
///
/// Never one that a later run rests on: the latest run of each plan, every unfinished one, and those that hold a step's
/// latest attempt, its last success or a value of the plan's state.
package struct PruneRule: Hashable, Sendable {
  /// The plan whose runs are looked at; nil: all plans.
  package var plan: String?
  /// How many of the newest runs of each plan stay.
  package var keep: Int
  /// Only runs that began before this go, milliseconds since 1970; nil: whenever they began.
  package var before: Int64?

  package init(plan: String?, keep: Int, before: Int64?) {
    self.plan = plan
    self.keep = keep
    self.before = before
  }

  /// Those that may go and those that stay although they are old, by id.
  func candidates(in connection: Connection) throws -> PruneCandidates {
    let rows = try connection.rows(
      """
      WITH
        ranked AS (
          SELECT r.id, r.plan_id, r.state, r.started_at,
            row_number() OVER (PARTITION BY r.plan_id ORDER BY r.id DESC) AS place
          FROM runs r JOIN plans p ON p.id = r.plan_id WHERE ?1 IS NULL OR p.key = ?1),
        old AS (
          SELECT id, state FROM ranked
          WHERE place > 1 AND place > ?2 AND (?3 IS NULL OR started_at < ?3)),
        needed AS (
          SELECT run_id FROM attempts WHERE id IN (
            SELECT max(id) FROM attempts WHERE state <> 'released' GROUP BY plan_id, step)
          UNION SELECT run_id FROM checkpoints WHERE id IN (
            SELECT max(id) FROM checkpoints WHERE superseded = 0 AND evidence = 1 GROUP BY plan_id, step)
          UNION SELECT carried_from FROM checkpoints WHERE carried_from IS NOT NULL AND id IN (
            SELECT max(id) FROM checkpoints WHERE superseded = 0 AND evidence = 1 GROUP BY plan_id, step)
          UNION SELECT run_id FROM state)
      SELECT id, id IN (SELECT run_id FROM needed) OR state IN ('running', 'failed', 'interrupted', 'waiting', 'partial')
      FROM old ORDER BY id
      """, .optional(plan), .integer(Int64(keep)), .optional(before))
    var candidates = PruneCandidates()
    for row in rows {
      guard case .integer(let id) = row[0] else { continue }
      if row[1] == .integer(0) { candidates.runs.append(id) } else { candidates.kept.append(id) }
    }
    return candidates
  }
}

/// What a rule finds.
package struct PruneCandidates: Hashable, Sendable {
  /// Runs that nothing rests on.
  package var runs: [Int64] = []
  /// Old runs that stay, because something rests on them.
  package var kept: [Int64] = []

  package init() {}
}

extension JournalReader {
  /// What a rule would remove; changes nothing.
  package func candidates(_ rule: PruneRule) throws(JournalError) -> PruneCandidates {
    try readConnection { connection in try rule.candidates(in: connection) }
  }
}
