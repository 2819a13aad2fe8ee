internal import Glibc
internal import Journal
internal import Reporting
internal import SQLite

extension DoctorCheck {
  /// Reads the journal as every reading command does: without a lock, and without changing a byte.
  static let journal = DoctorCheck("journal") { context in
    let state = StateDirectory(path: context.stateDirectory)
    var status = stat()
    guard unsafe stat(state.journal, &status) == 0 else {
      if let problem = JournalRepair.problems(state).first { return [damaged(state.journal, problem)] }
      return [DoctorFinding(.ok, "journal", "there is none yet; the first apply makes it")]
    }
    do throws(CommandFailure) {
      // Refuses what is no journal, or that of a newer execplan.
      _ = try JournalAccess.read(state) { reader throws(JournalError) in try reader.uuid() }
    } catch {
      return [damaged(state.journal, error.message)]
    }
    do {
      guard let look = try Connection.reading(state.journal, look) else {
        return [DoctorFinding(.ok, "journal", "there is none yet; the first apply makes it")]
      }
      let problems = look.problem == "ok" ? JournalRepair.problems(state) : [look.problem]
      guard problems.isEmpty else { return problems.map { damaged(state.journal, $0) } }
      let size = PeopleText.size(bytes: look.size + logSize(state.journal))
      let mode = usesWriteAheadLog(state.journal) ? "write-ahead log" : "rollback journal"
      return [DoctorFinding(.ok, "journal", "\(state.journal): format \(look.version), \(size), \(mode), integrity ok")]
    } catch {
      return [damaged(state.journal, (error as? SQLiteError)?.message ?? "\(error)")]
    }
  }

  private struct JournalLook {
    var version: Int64
    /// Bytes of the database, without its log.
    var size: Int64
    /// What `quick_check` says first: `ok` if there is nothing wrong.
    var problem: String
  }

  private static func look(_ connection: Connection) throws -> JournalLook {
    func number(_ sql: String) throws -> Int64 {
      guard case .integer(let number)? = try connection.value(sql) else { return 0 }
      return number
    }
    var problem = "the check of its pages says nothing"
    if case .text(let text)? = try connection.value("PRAGMA quick_check(1)") { problem = text }
    return JournalLook(
      version: try number("PRAGMA user_version"), size: try number("PRAGMA page_count") * number("PRAGMA page_size"),
      problem: problem)
  }

  /// The first line of what is wrong.
  private static func damaged(_ path: String, _ problem: String) -> DoctorFinding {
    DoctorFinding(
      .fail, "journal", "\(path): \(problem.prefix { $0 != "\n" })",
      advice: "execplan doctor --repair")
  }

  private static func logSize(_ path: String) -> Int64 {
    var status = stat()
    return unsafe stat(path + "-wal", &status) == 0 ? Int64(status.st_size) : 0
  }

  /// The header's read version at offset 19 is 2 for a write-ahead log (sqlite.org/fileformat2.html, 1.3).
  private static func usesWriteAheadLog(_ path: String) -> Bool {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var version: UInt8 = 0
    return unsafe pread(file, &version, 1, 19) == 1 && version == 2
  }
}
