internal import PlanModel

/// What git knows of the files below a folder.
enum GitListing {
  /// Tracked files and new ones that are not ignored, those with the endings of plans: absolute paths of what is there.
  ///
  /// - Returns: nil without git, and outside its repositories.
  static func plans(below folder: String) -> [String]? {
    let patterns = PlanDiscovery.endings.map(pattern)
    guard let output = list(["--cached", "--others", "--exclude-standard", "--"] + patterns, below: folder) else {
      return nil
    }
    var paths = output.split(separator: 0).map {
      (folder == "/" ? "" : folder) + "/" + String(decoding: $0, as: UTF8.self)
    }
    // In the middle of a merge a file stands there once for each side.
    paths.sort()
    return paths.indices.filter { ($0 == 0 || paths[$0] != paths[$0 - 1]) && PathName.exists(paths[$0]) }
      .map { paths[$0] }
  }

  /// What git does not track below a folder: what it ignores, and what it would add. Of a folder that is wholly so the
  /// folder itself; paths relative to it.
  ///
  /// - Returns: nil without git, and outside its repositories.
  static func strangers(below folder: String) -> (ignored: Set<String>, untracked: Set<String>)? {
    let others = ["--others", "--exclude-standard"]
    guard let ignored = list(others + ["--ignored", "--directory"], below: folder),
      let new = list(others, below: folder)
    else { return nil }
    func paths(_ output: [UInt8]) -> Set<String> {
      Set(
        output.split(separator: 0).map { name in
          String(decoding: name.last == UInt8(ascii: "/") ? name.dropLast() : name, as: UTF8.self)
        })
    }
    return (paths(ignored), paths(new))
  }

  /// What `git ls-files -z` says; nil without git, and outside its repositories.
  private static func list(_ options: [String], below folder: String) -> [UInt8]? {
    guard ProjectRoot.git(from: folder) != nil else { return nil }
    // A monitor is a program of the repository's configuration, and looking for files starts none.
    return GitProgram.output(
      ["-c", "core.fsmonitor=false", "ls-files", "-z"] + options, in: folder, limit: 64 << 20)
  }

  /// A pattern for names with an ending in any case: `*.[yY][mM][lL]`. What git's own `:(icase)` finds in a folder
  /// below the root depends on whether the file is tracked.
  private static func pattern(_ ending: String) -> String {
    "*." + ending.dropFirst().map { "[\($0)\($0.uppercased())]" }.joined()
  }
}
