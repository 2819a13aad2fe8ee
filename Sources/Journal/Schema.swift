internal import FaultPoints
internal import SQLite

/// The tables of the journal and how older ones become the present ones.
///
/// The comments stand inside the statements, so that `sqlite3 .execplan/journal.db .schema` shows them.
/// Times are milliseconds since 1970, UTC; digests 64 hexadecimal digits; values JSON.
package enum Schema {
  /// "EXPL": tells a journal from any other database (`PRAGMA application_id`).
  static let applicationID: Int64 = 0x4558_504C

  /// Step n brings `user_version` from n to n + 1. Published steps are never edited.
  package static let migrations: [String] = [version1, version2, version3, version4, version5, version6]

  private static let version1 = """
    CREATE TABLE meta (
      -- uuid: random, made with the journal
      key TEXT PRIMARY KEY, value TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE counters (
      -- the next number of run, leg and attempt that nobody has reserved
      name TEXT PRIMARY KEY, next INTEGER NOT NULL
    ) WITHOUT ROWID;
    INSERT INTO counters VALUES ('run', 1), ('leg', 1), ('attempt', 1);
    CREATE TABLE plans (
      id INTEGER PRIMARY KEY,
      -- the plan's id, or else its path
      key TEXT NOT NULL UNIQUE,
      -- where its file was last seen, relative to the project root
      path TEXT NOT NULL,
      title TEXT
    );
    CREATE TABLE plan_texts (
      -- the canonical plan that runs executed, once for each digest
      digest TEXT PRIMARY KEY, json TEXT NOT NULL
    );
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY,
      plan_id INTEGER NOT NULL REFERENCES plans,
      path TEXT NOT NULL,
      -- running succeeded failed interrupted waiting partial abandoned rolled_back;
      -- 'running' without a live lock means interrupted
      state TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      finished_at INTEGER,
      params TEXT NOT NULL,
      profile TEXT,
      plan_digest TEXT NOT NULL
    );
    CREATE INDEX runs_by_plan ON runs(plan_id);
    CREATE TABLE legs (
      -- an invocation that executes a run: the first apply and each that goes on
      id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES runs,
      pid INTEGER NOT NULL,
      host TEXT NOT NULL,
      boot_id TEXT NOT NULL,
      -- inode of the pid namespace
      pid_namespace INTEGER NOT NULL,
      -- of marks/ID.marks
      nonce TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      -- null: it lives, or it was killed
      ended_at INTEGER,
      exit_code INTEGER
    );
    CREATE INDEX legs_by_run ON legs(run_id);
    CREATE TABLE attempts (
      id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES runs,
      plan_id INTEGER NOT NULL,
      leg_id INTEGER NOT NULL REFERENCES legs,
      step TEXT NOT NULL,
      -- from 1 within run and generation
      number INTEGER NOT NULL,
      generation INTEGER NOT NULL,
      -- claimed succeeded failed timed_out cancelled in_doubt failed_finally waiting released
      state TEXT NOT NULL,
      -- the four digests: definition, values read, inputs before, outputs after
      definition TEXT NOT NULL,
      upstream TEXT,
      inputs TEXT,
      outputs TEXT,
      claimed_at INTEGER NOT NULL,
      started_at INTEGER,
      ended_at INTEGER,
      exit_code INTEGER,
      signal INTEGER,
      pid INTEGER,
      boot_id TEXT NOT NULL,
      reason TEXT,
      -- when the next try is due, and the delay that this came from, in milliseconds
      retry_at INTEGER,
      retry_delay INTEGER
    );
    CREATE INDEX attempts_by_run ON attempts(run_id);
    CREATE INDEX attempts_by_step ON attempts(plan_id, step, state);
    CREATE INDEX attempts_open ON attempts(plan_id) WHERE state = 'claimed';
    CREATE TABLE checkpoints (
      id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES runs,
      plan_id INTEGER NOT NULL,
      step TEXT NOT NULL,
      -- null: nothing was executed
      attempt_id INTEGER REFERENCES attempts,
      -- succeeded allowed_failure up_to_date guard_holds condition_false no_value skipped_by_user attested
      outcome TEXT NOT NULL,
      -- 1: a later run may rest on it
      evidence INTEGER NOT NULL,
      -- 1: history only; a later one of the run, a rerun or an undo took its place
      superseded INTEGER NOT NULL DEFAULT 0,
      definition TEXT NOT NULL,
      upstream TEXT,
      inputs TEXT,
      outputs TEXT,
      -- {key: value}; pending becomes the plan's state when the run succeeds
      "values" TEXT NOT NULL,
      pending TEXT NOT NULL,
      -- what dependents compare, and {need: result} that this success saw
      result TEXT NOT NULL,
      need_results TEXT NOT NULL,
      -- [[path, digest or null]]
      input_files TEXT NOT NULL,
      output_files TEXT NOT NULL,
      carried_from INTEGER,
      reason TEXT NOT NULL,
      ended_at INTEGER NOT NULL,
      boot_id TEXT NOT NULL,
      generation INTEGER NOT NULL
    );
    CREATE UNIQUE INDEX checkpoints_by_run ON checkpoints(run_id, step) WHERE superseded = 0;
    CREATE INDEX checkpoints_by_step ON checkpoints(plan_id, step, superseded, evidence)
      WHERE superseded = 0 AND evidence = 1;
    CREATE TABLE state (
      -- values that survive between runs, and the run that promoted each
      plan_id INTEGER NOT NULL REFERENCES plans,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      run_id INTEGER NOT NULL REFERENCES runs,
      PRIMARY KEY (plan_id, key)
    ) WITHOUT ROWID;
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES runs,
      kind TEXT NOT NULL,
      step TEXT,
      attempt INTEGER,
      at INTEGER NOT NULL,
      payload TEXT NOT NULL
    );
    CREATE INDEX events_by_run ON events(run_id);
    CREATE TABLE live_outputs (
      -- what a leg declared to write; counts while the lock of its plan is held
      leg_id INTEGER NOT NULL REFERENCES legs,
      path TEXT NOT NULL,
      PRIMARY KEY (leg_id, path)
    ) WITHOUT ROWID;
    """

  /// What attempts used of the machine; null where nobody counted.
  ///
  /// Comments stand behind the names: of what is before a name SQLite keeps nothing.
  private static let version2 = """
    ALTER TABLE attempts ADD COLUMN user_us INTEGER /* CPU time outside the kernel, microseconds */;
    ALTER TABLE attempts ADD COLUMN system_us INTEGER /* CPU time in the kernel, microseconds */;
    ALTER TABLE attempts ADD COLUMN max_memory INTEGER /* largest resident set of a process, bytes */;
    ALTER TABLE attempts ADD COLUMN read_bytes INTEGER /* from a disk */;
    ALTER TABLE attempts ADD COLUMN written_bytes INTEGER /* to a disk */;
    """

  /// What a rollback needs: what a leg did, by which text, and what a promoted value took the place of.
  private static let version3 = """
    ALTER TABLE legs ADD COLUMN source TEXT /* of the plan's file as it was executed: a digest in plan_texts */;
    ALTER TABLE legs ADD COLUMN rollback TEXT /* null: an apply; else a rollback: of all that ended after this step, or of everything if empty */;
    ALTER TABLE state ADD COLUMN previous TEXT /* {run, value} before run_id promoted it; {}: there was none; null: not kept */;
    """

  /// Saved plans that were applied. Without a reference to the run: that one counts as applied also when its run was pruned.
  private static let version4 = """
    CREATE TABLE saved_plans (
      -- of the file; each is applied once
      id TEXT PRIMARY KEY,
      -- the run that it began or went on with, the leg that did, and when
      run_id INTEGER NOT NULL,
      leg_id INTEGER NOT NULL,
      at INTEGER NOT NULL
    ) WITHOUT ROWID;
    """

  /// What people said where a plan asks. Without a reference to the run: one that is given for the next run has none yet.
  private static let version5 = """
    CREATE TABLE approvals (
      id INTEGER PRIMARY KEY,
      plan_id INTEGER NOT NULL REFERENCES plans,
      -- the step that asks; approval:plan or approval:PHASE where the plan itself does
      step TEXT NOT NULL,
      -- approved rejected
      decision TEXT NOT NULL,
      -- of what was approved, and {part: first digits of its digest}, to say later what changed
      digest TEXT NOT NULL,
      parts TEXT NOT NULL,
      -- the name that was given, and what the system and git know
      by_name TEXT NOT NULL,
      os_user TEXT,
      host TEXT NOT NULL,
      email TEXT,
      note TEXT,
      at INTEGER NOT NULL,
      expires_at INTEGER,
      -- when it was first seen that it had expired, which is final
      expired_at INTEGER,
      -- 1: for every run
      standing INTEGER NOT NULL,
      -- the run that it counts for; null: the next new one, or every one
      run_id INTEGER
    );
    CREATE INDEX approvals_by_plan ON approvals(plan_id);
    """

  /// What was there before the plan, and runs that repeat a part of another one.
  private static let version6 = """
    ALTER TABLE runs ADD COLUMN rerun_of INTEGER /* the finished run of which it repeats a part; it may be pruned */;
    ALTER TABLE runs ADD COLUMN conflicts TEXT /* null, or [{step, choice, by, detail}]: what was there already, and what was done about it */;
    """

  /// The version of a database, after the checks that it is a journal and not a newer one.
  static func version(of connection: Connection, known: Int) throws(JournalError) -> Int {
    do {
      guard case .integer(let application) = try connection.value("PRAGMA application_id"),
        case .integer(let version) = try connection.value("PRAGMA user_version"),
        case .integer(let tables) = try connection.value("SELECT count(*) FROM sqlite_schema")
      else { throw JournalError.damaged("the journal does not say what it is") }
      if application == 0, version == 0, tables == 0 { return 0 }
      guard application == applicationID, let found = Int(exactly: version), found > 0 else {
        throw JournalError.damaged("the database is not a journal of execplan; move it away")
      }
      guard found <= known else { throw JournalError.newer(found: found, known: known) }
      return found
    } catch {
      throw JournalError(error)
    }
  }

  /// Brings a database to the present version, in one transaction.
  static func migrate(_ connection: Connection, _ migrations: [String]) throws(JournalError) {
    do {
      try connection.transaction {
        // Asked again inside: another process may have been faster.
        let version = try version(of: connection, known: migrations.count)
        guard version < migrations.count else { return }
        for step in migrations[version...] { try connection.runScript(step) }
        try connection.run("PRAGMA application_id=\(applicationID)")
        try connection.run("PRAGMA user_version=\(migrations.count)")
        try journalFault(.inMigration)
      }
      faultPoint(.afterMigration)
    } catch {
      throw JournalError(error)
    }
  }
}

extension JournalError {
  /// What an error of SQLite means for the journal.
  init(_ error: any Error) {
    switch error {
    case let error as JournalError: self = error
    case let error as SQLiteError:
      switch error.kind {
      case .corrupt, .notADatabase: self = .damaged("the journal is damaged: \(error.message)")
      case .busy, .locked: self = .busy("another process keeps the journal locked: \(error.message)")
      case .constraint, .misuse: self = .invalid("the journal refused a write: \(error.message)")
      default: self = .io("the journal cannot be used: \(error.message)")
      }
    default: self = .io("the journal cannot be used: \(error)")
    }
  }
}
