internal import FaultPoints
internal import Glibc
internal import PlanModel

/// The folder `.execplan` that holds the journal, the locks and the captured output.
///
/// Nothing is made before the first write: reading commands only ask for paths.
package struct StateDirectory: Hashable, Sendable {
  /// The name that it has unless a person chose another.
  package static let name = ".execplan"

  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// `.execplan` in the root folder of a project.
  package init(root: String) {
    self.init(path: (root.hasSuffix("/") ? root : root + "/") + StateDirectory.name)
  }

  package var journal: String { path + "/journal.db" }
  /// The journal that a repair made, until it has taken the place of the old one.
  package var repairedJournal: String { journal + ".repaired" }
  package var locks: String { path + "/locks" }
  /// Captured output of attempts.
  package var logs: String { path + "/logs" }
  /// Marks of launches, one file a leg.
  package var marks: String { path + "/marks" }
  /// Outputs of attempts that were cut off, moved out of the way.
  package var partial: String { path + "/partial" }
  /// What was there before steps changed files, for undo.
  package var undo: String { path + "/undo" }

  /// - Throws: when a repair was killed: the old journal must not be used any more.
  func requireNoRepair() throws(JournalError) {
    guard FileIdentity(path: repairedJournal) == nil else {
      throw .damaged("a repair of the journal was interrupted, and must be ended first")
    }
  }

  /// - Throws: when something was executed here although no journal says so.
  func requireUnused() throws(JournalError) {
    guard !StateFolders(self).isUsed else { throw .damaged(JournalRepair.empty) }
  }

  package var exists: Bool { FileIdentity(path: path) != nil }

  /// Makes what is missing of the folder, and makes it durable together with its name in its parent.
  ///
  /// - Throws: when a link is in the way, or something that belongs to somebody else.
  package func create() throws(JournalError) {
    var isNew = try makeFolders(path)
    // A folder that a person chose and that was there may hold other things, too: its mode is left.
    let isOwn = PathName.name(path) == StateDirectory.name
    try OwnPlace.requireFolder(path, tightens: isNew || isOwn)
    for folder in [locks, logs, marks, partial] {
      if try makeFolder(folder) { isNew = true }
      try OwnPlace.requireFolder(folder, tightens: true)
    }
    for file in ["", "-wal", "-shm", "-journal"] { try OwnPlace.requireFile(journal + file) }
    for file in ["/write", "/state"] { try OwnPlace.requireFile(locks + file) }
    if try writeIgnoreFile() { isNew = true }
    guard isNew else { return }
    try injected(.stateFolderMade, "cannot sync \"\(path)\"")
    try syncFolder(path)
    // SQLite syncs the folder of its files, never the one above: a power loss could take all of it.
    try syncFolder(StateDirectory.parent(of: path))
  }

  private static func parent(of path: String) -> String {
    let trimmed = path.hasSuffix("/") && path.utf8.count > 1 ? String(path.dropLast()) : path
    return PathName.parent(trimmed)
  }

  /// Makes the folder and what is missing above it; true if it had to be made.
  private func makeFolders(_ folder: String) throws(JournalError) -> Bool {
    let above = StateDirectory.parent(of: folder)
    if above != folder, FileIdentity(path: above) == nil {
      _ = try makeFolders(above)
      try syncFolder(StateDirectory.parent(of: above))
    }
    return try makeFolder(folder)
  }

  /// Whether the folder had to be made.
  private func makeFolder(_ folder: String) throws(JournalError) -> Bool {
    if unsafe mkdir(folder, 0o700) == 0 {
      // The umask may have taken our own rights away.
      guard unsafe chmod(folder, 0o700) == 0 else { throw systemError("cannot set the mode of \"\(folder)\"") }
      return true
    }
    guard errno == EEXIST else { throw systemError("cannot make the folder \"\(folder)\"") }
    var status = stat()
    if unsafe stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return false }
    try OwnPlace.requireFolder(folder, tightens: false)
    throw .io("\"\(folder)\" is in the way: it is not a folder")
  }

  /// Keeps the folder out of git; an empty file is what a crash left.
  private func writeIgnoreFile() throws(JournalError) -> Bool {
    let ignore = path + "/.gitignore"
    var status = stat()
    if unsafe stat(ignore, &status) == 0, status.st_size > 0 { return false }
    let file = try openPrivate(ignore, O_WRONLY | O_CREAT)
    defer { close(file) }
    try writeAll(Array("*\n".utf8), to: file, at: 0, path: ignore)
    guard fsync(file) == 0 else { throw systemError("cannot sync \"\(ignore)\"") }
    return true
  }
}
