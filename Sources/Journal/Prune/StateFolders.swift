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
    for run in runs where !known.runs.contains(run) { try StateFolders.remove("\(state.logs)/\(run)") }
    for run in StateFolders.numbers(in: state.undo) where !known.runs.contains(run) {
      try StateFolders.remove("\(state.undo)/\(run)")
    }
    for leg in legs where !known.legs.contains(leg) { unsafe unlink("\(state.marks)/\(leg).marks") }
    for attempt in StateFolders.numbers(in: state.partial) where !known.attempts.contains(attempt) {
      try StateFolders.remove("\(state.partial)/\(attempt)")
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
    Set(names(in: folder).compactMap { Int64($0.prefix { $0 != "." }) }).sorted()
  }

  static func names(in folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(stream) }
    var found: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { found.append(name) }
    }
    return found
  }

  /// Removes a folder of ours with all that is in it; links are removed, not followed.
  private static func remove(_ path: String) throws(JournalError) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      guard unsafe unlink(path) == 0 || errno == ENOENT else { throw systemError("cannot remove \"\(path)\"") }
      return
    }
    for name in names(in: path) { try remove("\(path)/\(name)") }
    guard unsafe rmdir(path) == 0 || errno == ENOENT else { throw systemError("cannot remove \"\(path)\"") }
  }
}
