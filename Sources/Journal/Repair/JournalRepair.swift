internal import FaultPoints
internal import Glibc
internal import PlanModel
internal import SQLite

/// Makes a new journal of what can be read of a damaged one.
///
/// The caller holds `StateLock.exclusive`. The new journal is built beside the old one, and `journal.db.repaired` is its
/// name once it is whole: from then on nobody uses the old one, and a repair that was killed is brought to its end by
/// the next. The old files are kept in `damaged/`.
package struct JournalRepair {
  let state: StateDirectory
  private let now: Int64

  /// - Parameter now: milliseconds since 1970.
  package init(_ state: StateDirectory, now: Int64) {
    self.state = state
    self.now = now
  }

  private var building: String { state.journal + ".new" }

  /// - Returns: what was done; a journal without faults is left alone.
  package func run() throws(JournalError) -> RepairReport {
    do {
      return try repair()
    } catch {
      throw JournalError(error)
    }
  }

  private func repair() throws -> RepairReport {
    var report = RepairReport()
    if FileIdentity(path: state.repairedJournal) != nil {
      report.isContinued = true
      report.problems = ["a repair was interrupted"]
      try replace()
      return report
    }
    report.problems = JournalRepair.problems(state)
    guard !report.problems.isEmpty else { return report }
    let kept = try keep(&report)
    try build(from: kept, &report)
    faultPoint(.repairBuilt)
    guard unsafe rename(building, state.repairedJournal) == 0 else {
      throw systemError("cannot rename \"\(building)\"")
    }
    try syncFolder(state.path)
    faultPoint(.repairMarked)
    try replace()
    return report
  }

  /// What is wrong with a journal; empty when all is well or when nothing was ever recorded.
  package static func problems(_ state: StateDirectory) -> [String] {
    do {
      let found = try Connection.reading(state.journal) { connection -> [String] in
        let version = try Schema.version(of: connection, known: Schema.migrations.count)
        if version == 0 { return StateFolders(state).isUsed ? [empty] : [] }
        let problems = JournalCheck(connection: connection).problems()
        return problems.isEmpty ? try lostLaunches(state, connection) : problems
      }
      return found ?? (StateFolders(state).isUsed ? ["the journal is gone, and runs were recorded in it"] : [])
    } catch {
      return [JournalError(error).description]
    }
  }

  static let empty = "the journal is empty, and runs were recorded in it"

  private static func lostLaunches(_ state: StateDirectory, _ connection: Connection) throws -> [String] {
    try LostLaunches(state).find { id throws in
      try connection.value("SELECT 1 FROM attempts WHERE id = ?1", .integer(id)) != nil
    }.map { LostLaunches.text($0) }
  }

  // MARK: The old files

  /// Copies the old files.
  private func keep(_ report: inout RepairReport) throws -> String {
    let name = "damaged/" + Timestamp.rfc3339(now).filter { $0 != ":" && $0 != "." && $0 != "-" }
    let folder = "\(state.path)/\(name)"
    report.kept = name
    for path in ["\(state.path)/damaged", folder] {
      guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw systemError("cannot make \"\(path)\"") }
    }
    for suffix in ["", "-wal", "-shm", "-journal"] where FileIdentity(path: state.journal + suffix) != nil {
      try FileCopy.copy(state.journal + suffix, to: "\(folder)/journal.db\(suffix)")
    }
    for leg in StateFolders(state).legs {
      try FileCopy.copy("\(state.marks)/\(leg).marks", to: "\(folder)/\(leg).marks")
    }
    try syncFolder(folder)
    try syncFolder("\(state.path)/damaged")
    try syncFolder(state.path)
    return folder
  }

  // MARK: The new journal

  private func build(from kept: String, _ report: inout RepairReport) throws {
    for suffix in ["", "-journal", "-wal", "-shm"] { unsafe unlink(building + suffix) }
    closeFile(try openPrivate(building, creatingForWriting))
    let target = try Connection(path: building, access: .readWrite)
    _ = try target.configure(.rollbackJournal)
    try Schema.migrate(target, Schema.migrations)
    try target.run("PRAGMA foreign_keys=OFF")
    try target.transaction {
      try fill(target, from: kept, &report)
      try RepairedRows(connection: target, state: state, now: now).settle(&report)
    }
    let left = JournalCheck(connection: target).problems()
    guard left.isEmpty else { throw JournalError.invalid("the repaired journal is not whole: \(left[0])") }
  }

  /// Copies all rows that can be read. A journal whose first page is lost is read with that of a new one: its tables
  /// begin at the same pages.
  private func fill(_ target: Connection, from kept: String, _ report: inout RepairReport) throws {
    let tables = try target.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rootpage").compactMap {
      if case .text(let name) = $0[0] { name } else { nil }
    }
    report.isLossy = true
    for firstPage in [nil, try FirstPage.new(), try FirstPage.vacuumed()] {
      report.tables = []
      for table in tables { try target.run("DELETE FROM \"\(table)\"") }
      guard let source = try? SalvageSource(kept: kept, in: state, firstPage: firstPage) else { continue }
      for table in tables {
        var salvage = try TableSalvage(table, from: source.connection, to: target)
        try salvage.run()
        report.tables.append(
          RepairReport.Table(name: table, rows: salvage.rows, dropped: 0, problem: salvage.problem))
      }
      if report.tables.contains(where: { $0.rows > 0 }) { return }
    }
    if report.tables.isEmpty {
      report.tables = tables.map { RepairReport.Table(name: $0, rows: 0, dropped: 0, problem: "it cannot be read") }
    }
  }

  // MARK: The exchange

  /// Puts the new journal in the place of the old one; may be begun again at any point.
  private func replace() throws {
    // The log of the old journal would be taken for one of the new.
    for suffix in ["-shm", "-wal", "-journal"] { unsafe unlink(state.journal + suffix) }
    try syncFolder(state.path)
    faultPoint(.repairLogRemoved)
    // Claims without an end are all in doubt from now on: what the marks say may contradict what is left.
    for leg in StateFolders(state).legs { unsafe unlink("\(state.marks)/\(leg).marks") }
    guard unsafe rename(state.repairedJournal, state.journal) == 0 else {
      throw systemError("cannot rename \"\(state.repairedJournal)\"")
    }
    faultPoint(.repairReplaced)
    try syncFolder(state.path)
  }
}
