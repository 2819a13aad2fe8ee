internal import Glibc
internal import PlanModel

/// Names of files, by their text; nothing is looked up but the working directory.
extension PathName {
  static func absolute(_ path: String) -> String {
    let full = path.hasPrefix("/") ? path : (ProjectRoot.workingDirectory() ?? "") + "/" + path
    var parts: [Substring] = []
    for part in full.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  static func isFolder(_ path: String) -> Bool {
    var info = stat()
    return unsafe stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }

  /// Whether there is anything, also a link that leads nowhere.
  static func isThere(_ path: String) -> Bool {
    var info = stat()
    return unsafe lstat(path, &info) == 0
  }

  /// The name as a person in this working directory would write it.
  static func shown(_ path: String) -> String {
    guard let here = ProjectRoot.workingDirectory(), path.hasPrefix(here == "/" ? "/" : here + "/") else { return path }
    return String(path.dropFirst(here == "/" ? 1 : here.utf8.count + 1))
  }
}
