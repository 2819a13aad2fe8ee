internal import Glibc

/// The folder that the paths of a plan are relative to.
package enum ProjectRoot {
  /// The nearest folder, from this one upwards, that holds `.git`; nil if there is none.
  ///
  /// `.git` may be a file: in a worktree and in a submodule it is one. git itself is not run.
  package static func git(from directory: String) -> String? {
    var folder = directory[...]
    while true {
      let base = folder == "/" ? "" : folder
      if unsafe access("\(base)/.git", F_OK) == 0 { return String(folder) }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : folder[..<slash]
    }
  }

  /// The folder that the process works in, absolute; nil if it was removed.
  package static func workingDirectory() -> String? {
    guard let path = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }
}
