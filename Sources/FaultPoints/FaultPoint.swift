/// A place where a debug build can be made to die or to fail, so that tests see what is left there.
///
/// A release build holds none of them: `faultPoint` is nothing there, and `EXECPLAN_FAULT` is not read.
@usableFromInline
package enum FaultPoint: Hashable, Sendable, CaseIterable {
  // MARK: The state directory and its journal

  /// The folder is made, and not yet synced.
  case stateFolderMade
  /// The journal is a file without a table.
  case journalMade
  /// Tables are made or changed, within the transaction.
  case inMigration
  /// The tables are as they should be, and the transaction is durable.
  case afterMigration
  /// The lock of the plan is had, and nobody is told who has it.
  case planLockTaken
  /// Numbers are taken from the counters, durably, and nobody uses them.
  case numbersReserved
  /// The marks file of a leg is there, and the leg is in no journal.
  case marksMade
  /// A marks file was full and has more room now.
  case marksGrown

  // MARK: Commits: before the transaction, at its end, and when it is durable and nobody knows

  /// Run and leg begin.
  case beforeBeginCommit, inBeginCommit, afterBeginCommit
  /// Steps are claimed, and none ends.
  case beforeClaimCommit, inClaimCommit, afterClaimCommit
  /// Steps end; others may be claimed.
  case beforeEndCommit, inEndCommit, afterEndCommit
  /// Leg and run end.
  case beforeFinishCommit, inFinishCommit, afterFinishCommit
  /// Anything else: doubts that are kept, what a person decides.
  case beforeOtherCommit, inOtherCommit, afterOtherCommit

  // MARK: The log of the journal

  /// The log is long, and is about to be copied into the database.
  case checkpointBegun
  /// The log is copied into the database.
  case checkpointMade
  /// The journal is about to be closed.
  case journalClosing
  /// The journal is closed, and its log is gone.
  case journalClosed

  // MARK: A step

  /// Its claim is durable, and nothing of it was started.
  case beforeLaunch
  /// The file for its output is about to be made.
  case outputMade
  /// Its program runs, and nobody watches it.
  case afterSpawn
  /// Its program has ended, and nothing of that is recorded.
  case afterExit
  /// What it does within this process is done, and nothing of that is recorded.
  case afterAction
  /// What a cut-off attempt wrote is moved out of the way.
  case outputsMovedAside

  // MARK: Effects of our own

  /// The new content is in a temporary file, not synced.
  case fileWritten
  /// The new content is in its place, and the folder is not synced.
  case fileRenamed
  /// Effect and token are in the transaction.
  case beforeSQLCommit
  /// Effect and token are durable.
  case afterSQLCommit

  // MARK: The end of a leg

  /// Its end is durable, and its marks are still there.
  case beforeMarksRemoved
  /// The plan's own page is written anew beside the old one.
  case pageWritten
  /// The plan's own page is replaced, and the folder is not synced.
  case pageReplaced

  // MARK: Care of the journal

  /// Old runs are removed, within the transaction.
  case inPruneCommit
  /// They are removed, and their folders are there.
  case pruneCommitted
  /// Their folders are gone, and the file of the journal is as large as before.
  case pruneFoldersRemoved
  /// The repaired journal is whole, beside the old one.
  case repairBuilt
  /// It is named as the one that counts.
  case repairMarked
  /// The log of the old one is gone.
  case repairLogRemoved
  /// It is in its place, and the folder is not synced.
  case repairReplaced
}
