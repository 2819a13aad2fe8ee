internal import Glibc
internal import SQLite

/// What the journal knows by number.
struct KnownIDs {
  var runs: Set<Int64>
  var legs: Set<Int64>
  var attempts: Set<Int64>

  init(_ connection: Connection) throws {
    func all(_ table: String) throws -> Set<Int64> {
      Set(
        try connection.rows("SELECT id FROM \(table)").compactMap {
          if case .integer(let id) = $0[0] { id } else { nil }
        })
    }
    runs = try all("runs")
    legs = try all("legs")
    attempts = try all("attempts")
  }
}

/// The numbered files and folders beside the journal: `logs/RUN`, `marks/LEG.marks`, `partial/ATTEMPT`,
/// `undo/RUN`.
struct StateFolders {
  let state: StateDirectory

  init(_ state: StateDirectory) {
    self.state = state
  }

  var runs: [Int64] { StateFolders.numbers(in: state.logs) }

  var legs: [Int64] { StateFolders.numbers(in: state.marks) }

  /// The attempts that left output, over all runs.
  var attempts: [Int64] { runs.flatMap { StateFolders.numbers(in: "\(state.logs)/\($0)") } }

  /// Whether anything was ever executed here.
  var isUsed: Bool { !runs.isEmpty || !legs.isEmpty }

  /// Removes what belongs to no run, leg or attempt that is known. Nothing may be running.
  func removeUnknown(known: KnownIDs) throws(JournalError) {
    for run in runs where !known.runs.contains(run) { try FolderTree.remove("\(state.logs)/\(run)") }
    for run in StateFolders.numbers(in: state.undo) where !known.runs.contains(run) {
      try FolderTree.remove("\(state.undo)/\(run)")
    }
    for leg in legs where !known.legs.contains(leg) { unsafe unlink("\(state.marks)/\(leg).marks") }
    for attempt in StateFolders.numbers(in: state.partial) where !known.attempts.contains(attempt) {
      try FolderTree.remove("\(state.partial)/\(attempt)")
    }
  }

  /// Bytes of a journal with its log.
  static func size(of journal: String) -> Int64 {
    ["", "-wal"].reduce(0) { sum, suffix in
      var status = stat()
      return unsafe stat(journal + suffix, &status) == 0 ? sum + Int64(status.st_size) : sum
    }
  }

  /// The entries whose names begin with a number, up to a dot.
  private static func numbers(in folder: String) -> [Int64] {
    Set(FolderTree.names(in: folder).compactMap { Int64($0.prefix { $0 != "." }) }).sorted()
  }
}
