internal import Glibc
internal import PlanModel

/// Refuses what stands at a place of the state directory and is not execplan's own: a link leads writes elsewhere, and
/// what belongs to somebody else can be changed by them.
///
/// The folder is 0700, so after this look nobody but its owner can put anything there.
enum OwnPlace {
  /// - Parameter tightens: whether rights of others are taken away.
  /// - Returns: false when nothing is there.
  @discardableResult
  static func requireFolder(_ path: String, tightens: Bool) throws(JournalError) -> Bool {
    try require(path, S_IFDIR, "a folder", mode: tightens ? 0o700 : nil)
  }

  /// - Returns: false when nothing is there.
  @discardableResult
  static func requireFile(_ path: String) throws(JournalError) -> Bool {
    try require(path, S_IFREG, "a file", mode: 0o600)
  }

  private static func require(
    _ path: String, _ kind: mode_t, _ what: String, mode: mode_t?
  ) throws(JournalError) -> Bool {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT { return false }
      throw systemError("cannot look at \"\(path)\"")
    }
    if status.st_mode & S_IFMT == S_IFLNK {
      throw .io("\"\(path)\" is a link, and the state directory holds none; remove it, or use --state-dir DIR")
    }
    guard status.st_mode & S_IFMT == kind else {
      throw .io("\"\(path)\" is in the way: it is not \(what); move it, or use --state-dir DIR")
    }
    guard status.st_uid == geteuid() else {
      throw .io(
        "\"\(path)\" belongs to another user (uid \(status.st_uid)), who could change what is recorded; "
          + "run execplan as that user, or use --state-dir DIR")
    }
    if let mode, status.st_mode & 0o7777 & ~mode != 0 || status.st_mode & mode != mode {
      guard unsafe chmod(path, mode) == 0 else { throw systemError("cannot set the mode of \"\(path)\"") }
    }
    return true
  }
}
