internal import Digest
internal import PlanModel
internal import SQLite

/// The reads over a connection, whatever it was opened for.
struct JournalQueries: JournalReading {
  let connection: Connection

  func uuid() throws(JournalError) -> String? {
    try first("SELECT value FROM meta WHERE key = 'uuid'") { row throws(JournalError) in try row.string(0) }
  }

  func plans() throws(JournalError) -> [PlanRecord] {
    try all("SELECT key, path, title FROM plans ORDER BY key") { row throws(JournalError) in
      PlanRecord(key: try row.string(0), path: try row.string(1), title: row.optionalString(2))
    }
  }

  func planText(_ digest: SHA256Digest) throws(JournalError) -> String? {
    try first("SELECT json FROM plan_texts WHERE digest = ?1", .text(digest.hex)) { row throws(JournalError) in
      try row.string(0)
    }
  }

  // MARK: Runs

  func run(_ id: Int64) throws(JournalError) -> Run? {
    try first("\(Row.selectRun) WHERE r.id = ?1", .integer(id)) { row throws(JournalError) in try row.run() }
  }

  func latestRun(plan: String) throws(JournalError) -> Run? {
    try first("\(Row.selectRun) WHERE p.key = ?1 ORDER BY r.id DESC LIMIT 1", .text(plan)) {
      row throws(JournalError) in try row.run()
    }
  }

  func unfinishedRuns() throws(JournalError) -> [Run] {
    let latest = try all(
      "\(Row.selectRun) WHERE r.id IN (SELECT max(id) FROM runs GROUP BY plan_id) ORDER BY r.id"
    ) { row throws(JournalError) in try row.run() }
    return latest.filter(\.state.isUnfinished)
  }

  func runs(plan: String?, states: Set<RunState>?, limit: Int) throws(JournalError) -> [RunSummary] {
    let wanted = states.map { $0.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ") }
    // A plan's own runs are found by the index of their plan, however many others there are.
    let ofPlan = plan == nil ? "?1 IS NULL" : "r.plan_id = (SELECT id FROM plans WHERE key = ?1)"
    let runs = try all(
      "\(Row.selectRun) WHERE \(ofPlan)\(wanted.map { " AND r.state IN (\($0))" } ?? "") ORDER BY r.id DESC LIMIT ?2",
      .optional(plan), .integer(Int64(max(limit, 0)))
    ) { row throws(JournalError) in try row.run() }
    var summaries: [RunSummary] = []
    for run in runs { summaries.append(try summary(of: run)) }
    return summaries
  }

  private func summary(of run: Run) throws(JournalError) -> RunSummary {
    var summary = RunSummary(run: run)
    let outcomes = try all(
      "SELECT outcome, count(*) FROM checkpoints WHERE run_id = ?1 AND superseded = 0 GROUP BY outcome",
      .integer(run.id)
    ) { row throws(JournalError) in (try row.name(0, as: Checkpoint.Outcome.self), try row.int(1)) }
    for (outcome, count) in outcomes { summary.count(outcome, count) }
    // SQLite takes the other columns from the row of the maximum (lang_select, bare columns).
    let failed = try first(
      """
      SELECT count(*) FROM (
        SELECT step, state, max(id) FROM attempts WHERE run_id = ?1 AND state <> 'released' GROUP BY step) a
      WHERE a.state IN ('failed', 'timed_out', 'failed_finally') AND NOT EXISTS (
        SELECT 1 FROM checkpoints c WHERE c.run_id = ?1 AND c.step = a.step AND c.superseded = 0)
      """, .integer(run.id)
    ) { row throws(JournalError) in try row.int(0) }
    summary.failed += failed ?? 0
    return summary
  }

  func legs(run: Int64) throws(JournalError) -> [Leg] {
    try all("SELECT \(Row.leg("l")) FROM legs l WHERE l.run_id = ?1 ORDER BY l.id", .integer(run)) {
      row throws(JournalError) in try row.leg(0)
    }
  }

  // MARK: Steps

  func attempts(run: Int64) throws(JournalError) -> [Attempt] {
    try all("SELECT \(Row.attempt("a")) FROM attempts a WHERE a.run_id = ?1 ORDER BY a.id", .integer(run)) {
      row throws(JournalError) in try row.attempt(0)
    }
  }

  func openAttempts(plan: String) throws(JournalError) -> [OpenAttempt] {
    try all(
      """
      SELECT \(Row.attempt("a")), \(Row.leg("l")) FROM attempts a JOIN legs l ON l.id = a.leg_id
      WHERE a.plan_id = (SELECT id FROM plans WHERE key = ?1) AND a.state = 'claimed' ORDER BY a.id
      """, .text(plan)
    ) { row throws(JournalError) in
      OpenAttempt(attempt: try row.attempt(0), leg: try row.leg(Row.attemptWidth))
    }
  }

  func checkpoint(of step: String, run: Int64) throws(JournalError) -> Checkpoint? {
    try first(
      "SELECT \(Row.checkpoint) FROM checkpoints c WHERE c.run_id = ?1 AND c.step = ?2 AND c.superseded = 0",
      .integer(run), .text(step)
    ) { row throws(JournalError) in try row.checkpoint(0) }
  }

  func checkpoints(run: Int64) throws(JournalError) -> [String: Checkpoint] {
    var checkpoints: [String: Checkpoint] = [:]
    try each(
      """
      SELECT \(Row.checkpoint), c.attempt_id IS NOT NULL AND (a.step IS NOT c.step OR a.run_id IS NOT c.run_id)
      FROM checkpoints c LEFT JOIN attempts a ON a.id = c.attempt_id WHERE c.run_id = ?1 AND c.superseded = 0
      """, .integer(run)
    ) { row throws(JournalError) in
      let checkpoint = try row.checkpoint(0)
      // Both were written for one end: a page that changed by itself shows here.
      guard row.optionalInt64(Row.checkpointWidth) == 0 else {
        throw .damaged("the checkpoint of \"\(checkpoint.step)\" does not fit its attempt")
      }
      checkpoints[checkpoint.step] = checkpoint
    }
    return checkpoints
  }

  func formerCheckpoints(run: Int64) throws(JournalError) -> [String: Checkpoint] {
    var checkpoints: [String: Checkpoint] = [:]
    try each(
      """
      SELECT \(Row.checkpoint) FROM (SELECT max(id) AS id FROM checkpoints WHERE run_id = ?1 GROUP BY step) latest
      JOIN checkpoints c ON c.id = latest.id WHERE c.superseded = 1
      """, .integer(run)
    ) { row throws(JournalError) in
      let checkpoint = try row.checkpoint(0)
      checkpoints[checkpoint.step] = checkpoint
    }
    return checkpoints
  }

  func history(plan: String) throws(JournalError) -> [String: StepHistory] {
    var history: [String: StepHistory] = [:]
    // The inner queries read only their index, however many runs there were; the outer ones one row a step.
    try each(
      """
      SELECT \(Row.attempt("a")) FROM (
        SELECT max(id) AS id FROM attempts INDEXED BY attempts_by_step
        WHERE plan_id = (SELECT id FROM plans WHERE key = ?1) AND state <> 'released' GROUP BY step) latest
      JOIN attempts a ON a.id = latest.id
      """, .text(plan)
    ) { row throws(JournalError) in
      let attempt = try row.attempt(0)
      history[attempt.step, default: StepHistory()].latestAttempt = attempt
    }
    try each(
      """
      SELECT \(Row.checkpoint) FROM (
        SELECT max(id) AS id FROM checkpoints INDEXED BY checkpoints_by_step
        WHERE plan_id = (SELECT id FROM plans WHERE key = ?1) AND superseded = 0 AND evidence = 1 GROUP BY step) latest
      JOIN checkpoints c ON c.id = latest.id
      """, .text(plan)
    ) { row throws(JournalError) in
      let checkpoint = try row.checkpoint(0)
      history[checkpoint.step, default: StepHistory()].lastSuccess = checkpoint
    }
    return history
  }

  // MARK: Durations

  func attemptedSteps(plan: String) throws(JournalError) -> [String] {
    try all(
      """
      SELECT DISTINCT step FROM attempts INDEXED BY attempts_by_step
      WHERE plan_id = (SELECT id FROM plans WHERE key = ?1) ORDER BY step
      """, .text(plan)
    ) { row throws(JournalError) in try row.string(0) }
  }

  func durations(of step: String, plan: String, limit: Int) throws(JournalError) -> [StepDuration] {
    var found: [StepDuration] = []
    if limit <= 0 { return found }
    // The index holds them in the order of their ids.
    try self.step(
      """
      SELECT step, definition, started_at, ended_at FROM attempts INDEXED BY attempts_by_step
      WHERE plan_id = (SELECT id FROM plans WHERE key = ?1) AND step = ?2 AND state = 'succeeded'
        AND started_at IS NOT NULL AND ended_at IS NOT NULL
      ORDER BY id DESC
      """, [.text(plan), .text(step)]
    ) { row throws(JournalError) in
      let duration = try row.duration()
      if found.isEmpty || duration.definition == found[0].definition { found.append(duration) }
      return found.count < limit
    }
    return found
  }

  func durations(plan: String, runs: Int, limit: Int) throws(JournalError) -> [StepDuration] {
    let ids = try all(
      "SELECT id FROM runs WHERE plan_id = (SELECT id FROM plans WHERE key = ?1) ORDER BY id DESC LIMIT ?2",
      .text(plan), .integer(Int64(max(runs, 0)))
    ) { row throws(JournalError) in try row.int64(0) }
    var found: [StepDuration] = []
    for id in ids where found.count < limit {
      found += try all(
        """
        SELECT step, definition, started_at, ended_at FROM attempts
        WHERE run_id = ?1 AND state = 'succeeded' AND started_at IS NOT NULL AND ended_at IS NOT NULL
        ORDER BY id LIMIT ?2
        """, .integer(id), .integer(Int64(limit - found.count))
      ) { row throws(JournalError) in try row.duration() }
    }
    return found
  }

  // MARK: The rest

  func position(plan: String) throws(JournalError) -> PlanPosition {
    // Superseded checkpoints stand in no index: from the newest one backwards it is not far to one of this plan.
    let position = try first(
      """
      SELECT (SELECT max(id) FROM runs WHERE plan_id = p.id),
        (SELECT id FROM checkpoints WHERE plan_id = p.id ORDER BY id DESC LIMIT 1)
      FROM plans p WHERE p.key = ?1
      """, .text(plan)
    ) { row throws(JournalError) in
      PlanPosition(run: row.optionalInt64(0), checkpoint: row.optionalInt64(1))
    }
    return position ?? PlanPosition()
  }

  func appliedPlan(_ id: String) throws(JournalError) -> AppliedPlan? {
    try first("SELECT id, run_id, leg_id, at FROM saved_plans WHERE id = ?1", .text(id)) {
      row throws(JournalError) in
      AppliedPlan(id: try row.string(0), run: try row.int64(1), leg: try row.int64(2), at: try row.int64(3))
    }
  }

  func approvals(plan: String, after id: Int64) throws(JournalError) -> [ApprovalRecord] {
    try all(
      """
      SELECT \(Row.approval) FROM approvals a
      WHERE a.plan_id = (SELECT id FROM plans WHERE key = ?1) AND a.id > ?2 ORDER BY a.id
      """, .text(plan), .integer(id)
    ) { row throws(JournalError) in try row.approval(of: plan) }
  }

  func approvedParts(_ id: Int64) throws(JournalError) -> [Value.Entry] {
    let parts = try first("SELECT parts FROM approvals WHERE id = ?1", .integer(id)) { row throws(JournalError) in
      try RowCoding.decodeEntries(row.string(0))
    }
    return parts ?? []
  }

  func state(plan: String) throws(JournalError) -> [Value.Entry] {
    try all(
      """
      SELECT key, value FROM state WHERE plan_id = (SELECT id FROM plans WHERE key = ?1) ORDER BY key
      """, .text(plan)
    ) { row throws(JournalError) in
      Value.Entry(try row.string(0), try RowCoding.decodeValue(row.string(1)))
    }
  }

  func promotedState(run: Int64) throws(JournalError) -> [PromotedValue] {
    try all(
      """
      SELECT key, value, previous FROM state
      WHERE run_id = ?1 AND plan_id = (SELECT plan_id FROM runs WHERE id = ?1) ORDER BY key
      """, .integer(run)
    ) {
      row throws(JournalError) in
      PromotedValue(
        key: try row.string(0), value: try RowCoding.decodeValue(row.string(1)),
        previous: try PromotedState.previous(row.optionalString(2)))
    }
  }

  func events(run: Int64?, after sequence: Int64, limit: Int) throws(JournalError) -> [NumberedEvent] {
    let columns = "SELECT seq, run_id, kind, step, attempt, at, payload FROM events"
    let bound = SQLiteValue.integer(Int64(max(limit, 0)))
    let read: (Row) throws(JournalError) -> NumberedEvent = { row throws(JournalError) in
      let event = Event(
        try row.name(2, as: Event.Kind.self), step: row.optionalString(3), attempt: row.optionalInt(4),
        at: try row.int64(5), payload: try RowCoding.decodeEntries(row.string(6)))
      return NumberedEvent(sequence: try row.int64(0), run: try row.int64(1), event: event)
    }
    guard let run else {
      return try all("\(columns) WHERE seq > ?1 ORDER BY seq LIMIT ?2", .integer(sequence), bound, read: read)
    }
    return try all(
      "\(columns) WHERE run_id = ?3 AND seq > ?1 ORDER BY seq LIMIT ?2", .integer(sequence), bound, .integer(run),
      read: read)
  }

  func liveOutputs() throws(JournalError) -> [LiveOutput] {
    try all(
      """
      SELECT p.key, o.leg_id, o.path FROM live_outputs o JOIN legs l ON l.id = o.leg_id
      JOIN runs r ON r.id = l.run_id JOIN plans p ON p.id = r.plan_id ORDER BY o.leg_id, o.path
      """
    ) { row throws(JournalError) in
      LiveOutput(plan: try row.string(0), leg: try row.int64(1), path: try row.string(2))
    }
  }

  // MARK: Stepping

  private func first<T>(
    _ sql: String, _ values: SQLiteValue..., read: (Row) throws(JournalError) -> T
  ) throws(JournalError) -> T? {
    var found: T?
    try step(sql, values) { row throws(JournalError) in
      found = try read(row)
      return false
    }
    return found
  }

  private func all<T>(
    _ sql: String, _ values: SQLiteValue..., read: (Row) throws(JournalError) -> T
  ) throws(JournalError) -> [T] {
    var found: [T] = []
    try step(sql, values) { row throws(JournalError) in
      found.append(try read(row))
      return true
    }
    return found
  }

  private func each(
    _ sql: String, _ values: SQLiteValue..., read: (Row) throws(JournalError) -> Void
  ) throws(JournalError) {
    try step(sql, values) { row throws(JournalError) in
      try read(row)
      return true
    }
  }

  /// Goes through the rows until the body has had enough.
  private func step(
    _ sql: String, _ values: [SQLiteValue], _ wantsMore: (Row) throws(JournalError) -> Bool
  ) throws(JournalError) {
    do {
      let statement = try connection.cached(sql)
      try statement.bind(values)
      defer { statement.reset() }
      while try statement.step(), try wantsMore(Row(statement: statement)) {}
    } catch {
      throw JournalError(error)
    }
  }
}
