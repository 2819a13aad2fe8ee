internal import Digest
internal import PlanModel
internal import SQLite

/// Makes the rows that were saved fit together again, and marks what nobody knows any more.
struct RepairedRows {
  let connection: Connection
  let state: StateDirectory
  /// Milliseconds since 1970.
  let now: Int64
  /// What is lost ran here, as far as anybody knows: what still runs of it is looked for here.
  private let machine = Machine.current

  init(connection: Connection, state: StateDirectory, now: Int64) {
    self.connection = connection
    self.state = state
    self.now = now
  }

  /// A stand-in for the steps of a plan that cannot be named any more.
  static let lostSteps = "lost-steps"

  func settle(_ report: inout RepairReport) throws {
    try dropUnreadable(&report)
    try settleCounters()
    let keepsTokens = try connection.value("SELECT 1 FROM meta WHERE key = 'uuid'") != nil
    if !keepsTokens { try settleIdentity() }
    try addParents(&report)
    try doubtContradictions(&report)
    try connection.run("DELETE FROM live_outputs")
    try doubtUnrecorded(keepsTokens: keepsTokens, &report)
    for run in StateFolders(state).runs where try !exists("runs", run) { report.lostRuns.append(run) }
    try settleCounters()
  }

  private func exists(_ table: String, _ id: Int64) throws -> Bool {
    try connection.value("SELECT 1 FROM \(table) WHERE id = ?1", .integer(id)) != nil
  }

  // MARK: Single rows

  private func dropUnreadable(_ report: inout RepairReport) throws {
    for table in DecodedTable.all {
      let ids = try table.unreadable(in: connection).map(\.id)
      let key = table.name == "events" ? "seq" : table.name == "plan_texts" ? "rowid" : "id"
      for id in ids { try connection.run("DELETE FROM \(table.name) WHERE \(key) = ?1", .integer(id)) }
      if let place = report.tables.firstIndex(where: { $0.name == table.name }) {
        report.tables[place].rows -= ids.count
        report.tables[place].dropped += ids.count
      }
    }
  }

  /// Numbers are never given twice: what left output or marks had one, too.
  private func settleCounters() throws {
    let folders = StateFolders(state)
    for (name, table, seen) in [
      ("run", "runs", folders.runs.last), ("leg", "legs", folders.legs.last),
      ("attempt", "attempts", folders.attempts.max()),
    ] {
      try connection.run("INSERT INTO counters VALUES (?1, 1) ON CONFLICT DO NOTHING", .text(name))
      try connection.run(
        "UPDATE counters SET next = max(next, ?2, (SELECT coalesce(max(id), 0) + 1 FROM \(table))) WHERE name = ?1",
        .text(name), .integer((seen ?? 0) + 1))
    }
  }

  /// Without the old identity no token of an `exactly_once` step can be found again.
  private func settleIdentity() throws {
    try connection.run(
      """
      UPDATE attempts SET definition = ?1, state = 'in_doubt' WHERE state IN ('claimed', 'in_doubt', 'failed', 'timed_out')
      """, .text(Fingerprint.unknownDefinition.hex))
    try connection.run("INSERT INTO meta VALUES ('uuid', lower(hex(randomblob(16))))")
  }

  // MARK: What others refer to

  private func addParents(_ report: inout RepairReport) throws {
    let unknown = SQLiteValue.text(Fingerprint.unknownDefinition.hex)
    let orphans = try connection.rows(
      """
      SELECT run_id, max(plan_id) FROM (
        SELECT run_id, plan_id FROM attempts UNION ALL SELECT run_id, plan_id FROM checkpoints
        UNION ALL SELECT run_id, NULL FROM legs UNION ALL SELECT run_id, NULL FROM events
        UNION ALL SELECT run_id, plan_id FROM state)
      WHERE run_id NOT IN (SELECT id FROM runs) GROUP BY run_id ORDER BY run_id
      """)
    for row in orphans {
      guard case .integer(let run) = row[0] else { continue }
      let plan = try planID(row[1], run: run)
      try connection.run(
        "INSERT INTO runs(id, plan_id, path, state, started_at, finished_at, params, profile, plan_digest) "
          + "VALUES (?1, ?2, coalesce((SELECT path FROM plans WHERE id = ?2), ''), 'interrupted', ?3, NULL, "
          + "'{}', NULL, ?4)", .integer(run), .integer(plan), .integer(now), unknown)
      report.guessedRuns.append(run)
    }
    for row in try connection.rows(
      "SELECT plan_id, max(id), max(path) FROM runs WHERE plan_id NOT IN (SELECT id FROM plans) GROUP BY plan_id")
    {
      guard case .integer(let run) = row[1], case .text(let path) = row[2] else { continue }
      let key = try key(ofRun: run) ?? (path.isEmpty ? "lost-run-\(run)" : path)
      try connection.run(
        "INSERT INTO plans(id, key, path) VALUES (?1, ?2, ?3) "
          + "ON CONFLICT(key) DO UPDATE SET key = key || '-' || id", row[0], .text(key), row[2])
    }
    try connection.run(
      """
      INSERT INTO legs(id, run_id, pid, host, boot_id, pid_namespace, nonce, started_at, ended_at)
      SELECT leg_id, max(run_id), 0, ?2, ?3, ?4, '', ?1, ?1 FROM attempts
      WHERE leg_id NOT IN (SELECT id FROM legs) GROUP BY leg_id
      """, .integer(now), .text(machine.host), .text(machine.bootID), .integer(machine.pidNamespace))
    try connection.run(
      """
      INSERT INTO attempts(id, run_id, plan_id, leg_id, step, number, generation, state, definition, upstream, inputs,
        outputs, claimed_at, ended_at, boot_id, reason)
      SELECT c.attempt_id, c.run_id, c.plan_id, (SELECT coalesce(max(l.id), 0) FROM legs l WHERE l.run_id = c.run_id),
        c.step, 1, c.generation, CASE c.outcome WHEN 'allowed_failure' THEN 'failed' ELSE 'succeeded' END, c.definition,
        c.upstream, c.inputs, c.outputs, c.ended_at, c.ended_at, c.boot_id, 'known by its checkpoint'
      FROM checkpoints c WHERE c.attempt_id IS NOT NULL AND c.attempt_id NOT IN (SELECT id FROM attempts)
      GROUP BY c.attempt_id
      """)
    try addLegs(where: "leg_id NOT IN (SELECT id FROM legs)")
    try connection.run("UPDATE checkpoints SET carried_from = NULL WHERE carried_from NOT IN (SELECT id FROM runs)")
    try connection.run("DELETE FROM approvals WHERE plan_id NOT IN (SELECT id FROM plans)")
    try connection.run("DELETE FROM state WHERE plan_id NOT IN (SELECT id FROM plans)")
  }

  /// A leg of which nothing is known, so that nothing is believed of its marks.
  private func addLegs(where condition: String) throws {
    let runs = try connection.rows("SELECT DISTINCT run_id FROM attempts WHERE \(condition)")
    for row in runs {
      let leg = try newLeg(row[0])
      try connection.run("UPDATE attempts SET leg_id = ?1 WHERE run_id = ?2 AND \(condition)", .integer(leg), row[0])
    }
  }

  private func newLeg(_ run: SQLiteValue) throws -> Int64 {
    let leg = try ReservedIDs.take(1, of: "leg", connection).lowerBound
    try connection.run(
      "INSERT INTO legs(id, run_id, pid, host, boot_id, pid_namespace, nonce, started_at, ended_at) "
        + "VALUES (?1, ?2, 0, ?4, ?5, ?6, '', ?3, ?3)", .integer(leg), run, .integer(now),
      .text(machine.host), .text(machine.bootID), .integer(machine.pidNamespace))
    return leg
  }

  /// The plan of a run: what its rows say, or the event with which it began.
  private func planID(_ known: SQLiteValue, run: Int64) throws -> Int64 {
    if case .integer(let id) = known { return id }
    let key = try key(ofRun: run) ?? "lost-run-\(run)"
    try connection.run(
      "INSERT INTO plans(key, path) VALUES (?1, ?1) ON CONFLICT DO NOTHING", .text(key))
    guard case .integer(let id)? = try connection.value("SELECT id FROM plans WHERE key = ?1", .text(key)) else {
      throw JournalError.invalid("a plan that was just written is not there")
    }
    return id
  }

  /// What the event says with which a run began.
  private func key(ofRun run: Int64) throws -> String? {
    let payload = try connection.value(
      "SELECT payload FROM events WHERE run_id = ?1 AND kind = 'run_started' LIMIT 1", .integer(run))
    guard case .text(let text)? = payload, let entries = try? RowCoding.decodeEntries(text),
      case .string(let key)? = entries.first(where: { $0.key == "plan" })?.value
    else { return nil }
    return key
  }

  // MARK: What is not believed

  private func doubtContradictions(_ report: inout RepairReport) throws {
    try connection.run("DELETE FROM checkpoints WHERE id IN (\(JournalCheck.mismatched))")
    if let place = report.tables.firstIndex(where: { $0.name == "checkpoints" }) {
      report.tables[place].rows -= connection.changes
      report.tables[place].dropped += connection.changes
    }
    try connection.run(
      """
      UPDATE attempts SET run_id = (SELECT l.run_id FROM legs l WHERE l.id = leg_id)
      WHERE run_id <> (SELECT l.run_id FROM legs l WHERE l.id = leg_id) AND state = 'released'
      """)
    for row in try connection.rows(
      "SELECT a.id, a.run_id FROM attempts a JOIN legs l ON l.id = a.leg_id WHERE l.run_id <> a.run_id")
    {
      try connection.run("UPDATE attempts SET leg_id = ?2 WHERE id = ?1", row[0], .integer(try newLeg(row[1])))
    }
    try connection.run(
      "UPDATE attempts SET plan_id = (SELECT r.plan_id FROM runs r WHERE r.id = run_id) "
        + "WHERE plan_id <> (SELECT r.plan_id FROM runs r WHERE r.id = run_id)")
    try connection.run(
      "UPDATE checkpoints SET plan_id = (SELECT r.plan_id FROM runs r WHERE r.id = run_id) "
        + "WHERE plan_id <> (SELECT r.plan_id FROM runs r WHERE r.id = run_id)")
    try connection.run(
      "UPDATE attempts SET state = 'in_doubt', reason = 'its checkpoint was lost when the journal was repaired' "
        + "WHERE id IN (\(JournalCheck.unproven))")
  }

  /// Every step of an unfinished run that has no believable record may have run. Those that may be repeated are left
  /// to be run, the others are in doubt.
  private func doubtUnrecorded(keepsTokens: Bool, _ report: inout RepairReport) throws {
    let runs = try connection.rows(
      """
      SELECT r.id, r.plan_id, r.plan_digest FROM runs r
      WHERE r.id IN (SELECT max(id) FROM runs GROUP BY plan_id)
        AND r.state NOT IN ('succeeded', 'abandoned', 'rolled_back')
      """)
    for row in runs {
      // Nothing was executed there, so nothing tells it apart from what was.
      try connection.run(
        "DELETE FROM checkpoints WHERE run_id = ?1 AND attempt_id IS NULL AND superseded = 0", row[0])
      var leg: Int64?
      for step in try steps(row[2], keepsTokens: keepsTokens) {
        let isRecorded = try connection.value(
          "SELECT 1 FROM attempts WHERE run_id = ?1 AND step = ?2 AND state <> 'released' LIMIT 1", row[0], .text(step))
        guard isRecorded == nil else { continue }
        let of = try leg ?? newLeg(row[0])
        leg = of
        try connection.run(
          """
          INSERT INTO attempts(id, run_id, plan_id, leg_id, step, number, generation, state, definition, claimed_at,
            boot_id, reason)
          VALUES (?1, ?2, ?3, ?4, ?5, 1, 0, 'in_doubt', ?6, ?7, ?8, 'its rows were lost when the journal was repaired')
          """, .integer(try ReservedIDs.take(1, of: "attempt", connection).lowerBound), row[0], row[1], .integer(of),
          .text(step), .text(Fingerprint.unknownDefinition.hex), .integer(now), .text(machine.bootID))
      }
    }
    for row in try connection.rows(
      """
      SELECT p.key, a.run_id, a.step FROM attempts a JOIN plans p ON p.id = a.plan_id
      WHERE a.state IN ('in_doubt', 'claimed') AND a.run_id IN (
        SELECT id FROM runs WHERE id IN (SELECT max(id) FROM runs GROUP BY plan_id)
          AND state NOT IN ('succeeded', 'abandoned', 'rolled_back'))
      ORDER BY a.run_id, a.id
      """)
    {
      guard case .integer(let run) = row[1] else { continue }
      report.doubts.append(.init(plan: row[0].shown, run: run, step: row[2].shown))
    }
  }

  /// The steps that a run executes and that may not be repeated unasked, `finally` apart; one that stands for all if
  /// its plan is lost.
  private func steps(_ digest: SQLiteValue, keepsTokens: Bool) throws -> [String] {
    let text = try connection.rows("SELECT json FROM plan_texts WHERE digest = ?1", .text(digest.shown)).first?[0]
    guard case .text(let json)? = text, let plan = try? RowCoding.decodeValue(json),
      case .list(let steps)? = plan["steps"]
    else { return [RepairedRows.lostSteps] }
    return steps.compactMap { step in
      if step["finally"] == .bool(true) { return nil }
      switch step["idempotence"] {
      case .string("convergent"), .string("declared"): return nil
      case .string("transactional") where keepsTokens: return nil
      default: break
      }
      return if case .string(let id)? = step["id"] { id } else { nil }
    }
  }
}
