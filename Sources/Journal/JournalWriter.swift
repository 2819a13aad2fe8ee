internal import Digest
internal import PlanModel
internal import SQLite

/// Turns writes into statements, within a transaction of the caller.
enum JournalWriter {
  /// - Returns: the number of the event, if the write is one.
  static func apply(_ write: JournalWrite, _ db: Connection) throws -> Int64? {
    switch write {
    case .plan(let key, let path, let title):
      try db.run(
        """
        INSERT INTO plans(key, path, title) VALUES (?1, ?2, ?3)
        ON CONFLICT(key) DO UPDATE SET path = excluded.path, title = coalesce(excluded.title, title)
        """, .text(key), .text(path), .optional(title))
    case .planText(let digest, let json):
      try db.run(
        "INSERT INTO plan_texts VALUES (?1, ?2) ON CONFLICT DO NOTHING", .text(digest.hex), .text(json))
    case .beginRun(let run):
      try begin(run, db)
    case .beginLeg(let leg):
      try begin(leg, db)
    case .liveOutputs(let leg, let paths):
      for path in paths {
        try db.run(
          "INSERT INTO live_outputs VALUES (?1, ?2) ON CONFLICT DO NOTHING", .integer(leg), .text(path))
      }
    case .useSavedPlan(let applied):
      try db.run(
        "INSERT INTO saved_plans VALUES (?1, ?2, ?3, ?4)", .text(applied.id), .integer(applied.run),
        .integer(applied.leg), .integer(applied.at))
    case .approve(let record, let parts, let joins):
      try add(record, parts, joins: joins, db)
    case .takeApprovals(let run):
      try db.run(
        """
        UPDATE approvals SET run_id = ?1
        WHERE run_id IS NULL AND standing = 0 AND plan_id = (SELECT plan_id FROM runs WHERE id = ?1)
        """, .integer(run))
    case .expireApproval(let id, let at):
      try db.run(
        "UPDATE approvals SET expired_at = ?2 WHERE id = ?1 AND expired_at IS NULL", .integer(id), .integer(at))
    case .claim(let attempt):
      try claim(attempt, db)
    case .launched(let id, let pid, let at):
      try db.run(
        "UPDATE attempts SET pid = ?2, started_at = ?3 WHERE id = ?1", .integer(id), .integer(Int64(pid)), .integer(at))
      try expectChange(db, "there is no attempt \(id)")
    case .endAttempt(let attempt):
      try end(attempt, db)
    case .release(let id):
      try db.run("UPDATE attempts SET state = 'released' WHERE id = ?1 AND state = 'claimed'", .integer(id))
      try expectChange(db, "there is no open attempt \(id)")
    case .checkpoint(let checkpoint):
      try add(checkpoint, db)
    case .supersede(let run, let steps):
      for step in steps { try supersede(run, step, db) }
    case .event(let run, let event):
      try db.run(
        "INSERT INTO events(run_id, kind, step, attempt, at, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        .integer(run), .text(event.kind.rawValue), .optional(event.step), .optional(event.attempt),
        .integer(event.at), .text(RowCoding.encode(event.payload)))
      return db.lastInsertedRowID
    case .setRunState(let run, let state, let finishedAt):
      try db.run(
        "UPDATE runs SET state = ?2, finished_at = ?3 WHERE id = ?1",
        .integer(run), .text(state.rawValue), .optional(finishedAt))
      try expectChange(db, "there is no run \(run)")
    case .setRunPlan(let run, let digest, let path):
      try db.run(
        "UPDATE runs SET plan_digest = ?2, path = ?3 WHERE id = ?1", .integer(run), .text(digest.hex), .text(path))
      try expectChange(db, "there is no run \(run)")
    case .settleConflicts(let run, let conflicts):
      try db.run(
        "UPDATE runs SET conflicts = ?2 WHERE id = ?1", .integer(run), .optional(RowCoding.encode(conflicts)))
      try expectChange(db, "there is no run \(run)")
    case .adoptPlan(let run, let key, let path):
      try db.run(
        """
        UPDATE approvals SET plan_id = (SELECT plan_id FROM runs WHERE id = ?1)
        WHERE plan_id = (SELECT id FROM plans WHERE key = ?2)
        """, .integer(run), .text(key))
      try db.run(
        "DELETE FROM plans WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM runs WHERE plan_id = plans.id)", .text(key))
      try db.run(
        "UPDATE plans SET key = ?2, path = ?3 WHERE id = (SELECT plan_id FROM runs WHERE id = ?1)",
        .integer(run), .text(key), .text(path))
      try expectChange(db, "there is no run \(run)")
    case .endLeg(let leg, let exitCode, let at):
      try db.run(
        "UPDATE legs SET ended_at = ?2, exit_code = ?3 WHERE id = ?1",
        .integer(leg), .integer(at), .integer(Int64(exitCode)))
      try expectChange(db, "there is no leg \(leg)")
      try db.run("DELETE FROM live_outputs WHERE leg_id = ?1", .integer(leg))
    case .promoteState(let plan, let run, let entries):
      try PromotedState.promote(entries, of: run, plan, db)
    case .restoreState(let run):
      try PromotedState.restore(run, db)
    case .dropPendingState(let run):
      try db.run(
        "UPDATE checkpoints SET pending = '{}' WHERE run_id = ?1 AND superseded = 0 AND pending <> '{}'", .integer(run))
    }
    return nil
  }

  private static func begin(_ run: Run, _ db: Connection) throws {
    try db.run(
      "INSERT INTO plans(key, path) VALUES (?1, ?2) ON CONFLICT(key) DO UPDATE SET path = excluded.path",
      .text(run.plan), .text(run.path))
    try db.run(
      """
      INSERT INTO runs(id, plan_id, path, state, started_at, finished_at, params, profile, plan_digest)
      SELECT ?1, id, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM plans WHERE key = ?2
      """, .integer(run.id), .text(run.plan), .text(run.path), .text(run.state.rawValue), .integer(run.startedAt),
      .optional(run.finishedAt), .text(RowCoding.encode(run.params)), .optional(run.profile),
      .text(run.planDigest.hex))
    if run.rerunOf == nil, run.conflicts.isEmpty { return }
    try db.run(
      "UPDATE runs SET rerun_of = ?2, conflicts = ?3 WHERE id = ?1", .integer(run.id), .optional(run.rerunOf),
      .optional(RowCoding.encode(run.conflicts)))
  }

  private static func begin(_ leg: Leg, _ db: Connection) throws {
    try db.run(
      """
      DELETE FROM live_outputs WHERE leg_id IN (
        SELECT l.id FROM runs mine JOIN runs r ON r.plan_id = mine.plan_id JOIN legs l ON l.run_id = r.id
        WHERE mine.id = ?1)
      """, .integer(leg.run))
    try db.run(
      """
      INSERT INTO legs(id, run_id, pid, host, boot_id, pid_namespace, nonce, started_at, ended_at, exit_code, source,
        rollback)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
      """,
      .integer(leg.id), .integer(leg.run), .integer(Int64(leg.pid)), .text(leg.host), .text(leg.bootID),
      .integer(leg.pidNamespace), .text(leg.nonce), .integer(leg.startedAt), .optional(leg.endedAt),
      .optional(leg.exitCode), .optional(leg.source?.hex), .optional(leg.rollback.map { $0.step ?? "" }))
  }

  private static func add(_ record: ApprovalRecord, _ parts: [Value.Entry], joins: Bool, _ db: Connection) throws {
    try db.run(
      """
      INSERT INTO approvals(plan_id, step, decision, digest, parts, by_name, os_user, host, email, note, at, expires_at,
        expired_at, standing, run_id)
      SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,
        CASE WHEN ?15 = 0 THEN ?16 ELSE (
          SELECT r.id FROM runs r WHERE r.id = (SELECT max(id) FROM runs WHERE plan_id = plans.id)
            AND r.state NOT IN (\(RunState.allCases.filter { !$0.isUnfinished }.map { "'\($0.rawValue)'" }.joined(separator: ", ")))) END
      FROM plans WHERE key = ?1
      """, .text(record.plan), .text(record.step), .text(record.decision.rawValue), .text(record.digest.hex),
      .text(RowCoding.encode(parts)), .text(record.by), .optional(record.user), .text(record.host),
      .optional(record.email), .optional(record.note), .integer(record.at), .optional(record.expiresAt),
      .optional(record.expiredAt), .integer(record.isStanding ? 1 : 0), .integer(joins && !record.isStanding ? 1 : 0),
      .optional(record.run))
    try expectChange(db, "there is no plan \"\(record.plan)\"")
  }

  private static func claim(_ attempt: Attempt, _ db: Connection) throws {
    let print = attempt.fingerprint
    try db.run(
      """
      INSERT INTO attempts(id, run_id, plan_id, leg_id, step, number, generation, state, definition, upstream, inputs,
        outputs, claimed_at, started_at, ended_at, exit_code, signal, pid, boot_id, reason, retry_at, retry_delay,
        user_us, system_us, max_memory, read_bytes, written_bytes)
      SELECT ?1, id, plan_id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
        ?22, ?23, ?24, ?25, ?26
      FROM runs WHERE id = ?2
      """, .integer(attempt.id), .integer(attempt.run), .integer(attempt.leg), .text(attempt.step),
      .integer(Int64(attempt.number)), .integer(Int64(attempt.generation)), .text(attempt.state.rawValue),
      .text(print.definition.hex), .optional(print.upstream?.hex), .optional(print.inputs?.hex),
      .optional(print.outputs?.hex), .integer(attempt.claimedAt), .optional(attempt.startedAt),
      .optional(attempt.endedAt), .optional(attempt.exitCode), .optional(attempt.signal), .optional(attempt.pid),
      .text(attempt.bootID), .optional(attempt.reason), .optional(attempt.retryAt), .optional(attempt.retryDelay),
      .optional(attempt.usage?.userTime),
      .optional(attempt.usage?.systemTime), .optional(attempt.usage?.peakMemory), .optional(attempt.usage?.readBytes),
      .optional(attempt.usage?.writtenBytes))
    try expectChange(db, "there is no run \(attempt.run)")
  }

  private static func end(_ attempt: Attempt, _ db: Connection) throws {
    let print = attempt.fingerprint
    try db.run(
      """
      UPDATE attempts SET state = ?2, definition = ?3, upstream = ?4, inputs = ?5, outputs = ?6, started_at = ?7,
        ended_at = ?8, exit_code = ?9, signal = ?10, pid = ?11, reason = ?12, retry_at = ?13, retry_delay = ?14,
        user_us = ?15, system_us = ?16, max_memory = ?17, read_bytes = ?18, written_bytes = ?19
      WHERE id = ?1
      """, .integer(attempt.id), .text(attempt.state.rawValue), .text(print.definition.hex),
      .optional(print.upstream?.hex), .optional(print.inputs?.hex), .optional(print.outputs?.hex),
      .optional(attempt.startedAt), .optional(attempt.endedAt), .optional(attempt.exitCode),
      .optional(attempt.signal), .optional(attempt.pid), .optional(attempt.reason), .optional(attempt.retryAt),
      .optional(attempt.retryDelay), .optional(attempt.usage?.userTime),
      .optional(attempt.usage?.systemTime), .optional(attempt.usage?.peakMemory), .optional(attempt.usage?.readBytes),
      .optional(attempt.usage?.writtenBytes))
    try expectChange(db, "there is no attempt \(attempt.id)")
  }

  private static func add(_ checkpoint: Checkpoint, _ db: Connection) throws {
    try supersede(checkpoint.run, checkpoint.step, db)
    let print = checkpoint.fingerprint
    try db.run(
      """
      INSERT INTO checkpoints(run_id, plan_id, step, attempt_id, outcome, evidence, definition, upstream, inputs,
        outputs, "values", pending, result, need_results, input_files, output_files, carried_from, reason, ended_at,
        boot_id, generation)
      SELECT id, plan_id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20
      FROM runs
      WHERE id = ?1 AND (?3 IS NULL OR EXISTS (SELECT 1 FROM attempts WHERE id = ?3 AND run_id = ?1 AND step = ?2))
      """, .integer(checkpoint.run), .text(checkpoint.step), .optional(checkpoint.attempt),
      .text(checkpoint.outcome.rawValue), .integer(checkpoint.isEvidence ? 1 : 0), .text(print.definition.hex),
      .optional(print.upstream?.hex), .optional(print.inputs?.hex), .optional(print.outputs?.hex),
      .text(RowCoding.encode(checkpoint.values)), .text(RowCoding.encode(checkpoint.pendingState)),
      .text(checkpoint.result.hex), .text(RowCoding.encode(checkpoint.needResults)),
      .text(RowCoding.encode(checkpoint.inputFiles)), .text(RowCoding.encode(checkpoint.outputFiles)),
      .optional(checkpoint.carriedFrom), .text(checkpoint.reason), .integer(checkpoint.endedAt),
      .text(checkpoint.bootID), .integer(Int64(checkpoint.generation)))
    try expectChange(db, "the checkpoint of \"\(checkpoint.step)\" has no run or no attempt")
  }

  private static func supersede(_ run: Int64, _ step: String, _ db: Connection) throws {
    try db.run(
      "UPDATE checkpoints SET superseded = 1 WHERE run_id = ?1 AND step = ?2 AND superseded = 0",
      .integer(run), .text(step))
  }

  static func expectChange(_ db: Connection, _ otherwise: String) throws(JournalError) {
    guard db.changes > 0 else { throw .invalid(otherwise) }
  }
}
