internal import Digest
internal import PlanModel
internal import SQLite

/// The row that a statement stands on, read as the values of the plan model.
///
/// What does not fit is damage: somebody edited the journal, or the disk did.
struct Row {
  let statement: Statement

  // MARK: Columns

  func string(_ column: Int32) throws(JournalError) -> String {
    guard let text = statement.string(column) else { throw missing(column) }
    return text
  }

  func optionalString(_ column: Int32) -> String? { statement.string(column) }

  func int64(_ column: Int32) throws(JournalError) -> Int64 {
    guard let number = statement.int64(column) else { throw missing(column) }
    return number
  }

  func optionalInt64(_ column: Int32) -> Int64? { statement.int64(column) }

  func int(_ column: Int32) throws(JournalError) -> Int { Int(try int64(column)) }

  func optionalInt(_ column: Int32) -> Int? { statement.int64(column).map { Int($0) } }

  func name<T: RawRepresentable<String>>(_ column: Int32, as type: T.Type) throws(JournalError) -> T {
    let text = try string(column)
    guard let value = T(rawValue: text) else { throw .damaged("the journal holds an unknown word, \"\(text)\"") }
    return value
  }

  func digest(_ column: Int32) throws(JournalError) -> SHA256Digest {
    guard let digest = try optionalDigest(column) else { throw missing(column) }
    return digest
  }

  func optionalDigest(_ column: Int32) throws(JournalError) -> SHA256Digest? {
    guard let text = statement.string(column) else { return nil }
    guard let digest = SHA256Digest(hex: text) else { throw .damaged("the journal holds a digest that is none") }
    return digest
  }

  private func missing(_ column: Int32) -> JournalError {
    .damaged("the journal holds a row without a value in column \(column) of \"\(statement.sql.prefix(80))\"")
  }

  // MARK: Values

  static let selectRun = """
    SELECT r.id, p.key, r.path, r.state, r.started_at, r.finished_at, r.params, r.profile, r.plan_digest,
      r.rerun_of, r.conflicts
    FROM runs r JOIN plans p ON p.id = r.plan_id
    """

  func run() throws(JournalError) -> Run {
    Run(
      id: try int64(0), plan: try string(1), path: try string(2), state: try name(3, as: RunState.self),
      startedAt: try int64(4), finishedAt: optionalInt64(5), params: try RowCoding.decodeEntries(string(6)),
      profile: optionalString(7), planDigest: try digest(8), rerunOf: optionalInt64(9),
      conflicts: try RowCoding.decodeConflicts(optionalString(10)))
  }

  static func leg(_ table: String) -> String {
    columns(table, "id run_id pid host boot_id pid_namespace nonce started_at ended_at exit_code source rollback")
  }

  func leg(_ first: Int32) throws(JournalError) -> Leg {
    let machine = Machine(
      bootID: try string(first + 4), host: try string(first + 3), pidNamespace: try int64(first + 5))
    return Leg(
      id: try int64(first), run: try int64(first + 1), pid: try int(first + 2), machine: machine,
      nonce: try string(first + 6), startedAt: try int64(first + 7), endedAt: optionalInt64(first + 8),
      exitCode: optionalInt(first + 9), source: try optionalDigest(first + 10),
      rollback: optionalString(first + 11).map { $0.isEmpty ? .everything : .after($0) })
  }

  static func attempt(_ table: String) -> String {
    columns(
      table,
      """
      id run_id leg_id step number generation state definition upstream inputs outputs claimed_at started_at \
      ended_at exit_code signal pid boot_id reason retry_at retry_delay user_us system_us max_memory read_bytes \
      written_bytes
      """)
  }

  static let attemptWidth: Int32 = 26

  func attempt(_ first: Int32) throws(JournalError) -> Attempt {
    Attempt(
      id: try int64(first), run: try int64(first + 1), leg: try int64(first + 2), step: try string(first + 3),
      number: try int(first + 4), generation: try int(first + 5), state: try name(first + 6, as: Attempt.State.self),
      fingerprint: try fingerprint(first + 7), claimedAt: try int64(first + 11), startedAt: optionalInt64(first + 12),
      endedAt: optionalInt64(first + 13), exitCode: optionalInt(first + 14), signal: optionalInt(first + 15),
      pid: optionalInt(first + 16), bootID: try string(first + 17), reason: optionalString(first + 18),
      retryAt: optionalInt64(first + 19), retryDelay: optionalInt64(first + 20), usage: usage(first + 21))
  }

  /// `step definition started_at ended_at`
  func duration() throws(JournalError) -> StepDuration {
    StepDuration(
      step: try string(0), definition: try digest(1), milliseconds: max(0, try int64(3) - (try int64(2))))
  }

  private func usage(_ first: Int32) -> AttemptUsage? {
    guard let user = optionalInt64(first), let system = optionalInt64(first + 1) else { return nil }
    return AttemptUsage(
      userTime: user, systemTime: system, peakMemory: optionalInt64(first + 2),
      readBytes: optionalInt64(first + 3) ?? 0,
      writtenBytes: optionalInt64(first + 4) ?? 0)
  }

  static let checkpoint = columns(
    "c",
    """
    step run_id attempt_id outcome definition upstream inputs outputs "values" pending result need_results \
    input_files output_files carried_from reason ended_at boot_id generation
    """)

  static let checkpointWidth: Int32 = 19

  func checkpoint(_ first: Int32) throws(JournalError) -> Checkpoint {
    Checkpoint(
      step: try string(first), run: try int64(first + 1), attempt: optionalInt64(first + 2),
      outcome: try name(first + 3, as: Checkpoint.Outcome.self), fingerprint: try fingerprint(first + 4),
      values: try RowCoding.decodeEntries(string(first + 8)),
      pendingState: try RowCoding.decodeEntries(string(first + 9)), result: try digest(first + 10),
      needResults: try RowCoding.decodeDigests(string(first + 11)),
      inputFiles: try RowCoding.decodeFiles(string(first + 12)),
      outputFiles: try RowCoding.decodeFiles(string(first + 13)), carriedFrom: optionalInt64(first + 14),
      reason: try string(first + 15), endedAt: try int64(first + 16), bootID: try string(first + 17),
      generation: try int(first + 18))
  }

  static let approval = columns(
    "a",
    "id step decision digest by_name os_user host email note at expires_at expired_at standing run_id")

  func approval(of plan: String) throws(JournalError) -> ApprovalRecord {
    var record = ApprovalRecord(
      plan: plan, step: try string(1), decision: try name(2, as: ApprovalRecord.Decision.self), digest: try digest(3),
      by: try string(4), host: try string(6), at: try int64(9))
    record.id = try int64(0)
    record.user = optionalString(5)
    record.email = optionalString(7)
    record.note = optionalString(8)
    record.expiresAt = optionalInt64(10)
    record.expiredAt = optionalInt64(11)
    record.isStanding = try int64(12) != 0
    record.run = optionalInt64(13)
    return record
  }

  private func fingerprint(_ first: Int32) throws(JournalError) -> Fingerprint {
    Fingerprint(
      definition: try digest(first), upstream: try optionalDigest(first + 1), inputs: try optionalDigest(first + 2),
      outputs: try optionalDigest(first + 3))
  }

  private static func columns(_ table: String, _ names: String) -> String {
    names.split(separator: " ").map { "\(table).\($0)" }.joined(separator: ", ")
  }
}

extension RunSummary {
  /// Counts steps with a checkpoint of an outcome.
  mutating func count(_ outcome: Checkpoint.Outcome, _ steps: Int) {
    switch outcome {
    case .succeeded, .attested: succeeded += steps
    case .allowedFailure: failed += steps
    case .upToDate, .guardHolds, .adopted, .conditionFalse, .noValue, .skippedByUser: skipped += steps
    }
  }
}
