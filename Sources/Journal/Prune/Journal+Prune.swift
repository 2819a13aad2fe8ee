internal import FaultPoints
internal import SQLite

/// What pruning removed.
package struct PruneResult: Hashable, Sendable {
  package var candidates = PruneCandidates()
  /// Bytes of the journal before and after.
  package var sizeBefore: Int64 = 0
  package var sizeAfter: Int64 = 0
  /// Why the journal's file did not become smaller; its room is used again all the same.
  package var vacuumFailure: String?

  package init() {}
}

extension Journal {
  /// Removes the runs that a rule finds, with their attempts, checkpoints and events, gives their room back, and then
  /// removes the folders of runs and legs that the journal does not know.
  ///
  /// The caller holds `StateLock.exclusive`. A kill leaves the journal whole: at worst folders are left, which the next
  /// call removes.
  package func prune(_ rule: PruneRule) throws(JournalError) -> PruneResult {
    var result = PruneResult()
    result.sizeBefore = StateFolders.size(of: state.journal)
    result.candidates = try exclusively { connection in
      let candidates = try rule.candidates(in: connection)
      guard !candidates.runs.isEmpty else { return candidates }
      try Journal.remove(candidates.runs, from: connection)
      return candidates
    }
    faultPoint(.pruneCommitted)
    try StateFolders(state).removeUnknown(known: try exclusively { connection in try KnownIDs(connection) })
    faultPoint(.pruneFoldersRemoved)
    guard !result.candidates.runs.isEmpty else {
      result.sizeAfter = result.sizeBefore
      return result
    }
    do {
      _ = try exclusively { connection in
        try connection.run("VACUUM")
        return try connection.checkpoint(truncate: true)
      }
    } catch {
      result.vacuumFailure = "\(error)"
    }
    result.sizeAfter = StateFolders.size(of: state.journal)
    return result
  }

  private static func remove(_ runs: [Int64], from connection: Connection) throws {
    try connection.run("PRAGMA temp_store=MEMORY")
    // The tables refer to each other by columns without an index: each deleted row would mean a look at all others.
    // What the statements below leave is checked as a whole instead.
    try connection.run("PRAGMA foreign_keys=OFF")
    defer { try? connection.run("PRAGMA foreign_keys=ON") }
    try connection.transaction {
      try connection.run("CREATE TEMP TABLE doomed (id INTEGER PRIMARY KEY)")
      for run in runs { try connection.run("INSERT INTO temp.doomed VALUES (?1)", .integer(run)) }
      let doomed = "IN (SELECT id FROM temp.doomed)"
      try connection.run("DELETE FROM live_outputs WHERE leg_id IN (SELECT id FROM legs WHERE run_id \(doomed))")
      for table in ["events", "checkpoints", "attempts", "approvals", "legs"] {
        try connection.run("DELETE FROM \(table) WHERE run_id \(doomed)")
      }
      try connection.run("DELETE FROM runs WHERE id \(doomed)")
      try connection.run(
        "DELETE FROM plan_texts WHERE digest NOT IN (SELECT plan_digest FROM runs) "
          + "AND digest NOT IN (SELECT source FROM legs WHERE source IS NOT NULL)")
      try connection.run("DROP TABLE temp.doomed")
      guard try connection.rows("PRAGMA foreign_key_check").isEmpty else {
        throw JournalError.damaged("rows of other runs refer to those that were to be removed; nothing is removed")
      }
      try journalFault(.inPruneCommit)
    }
  }
}
