internal import PlanModel
internal import Subprocess

/// What git knows of the files below a folder.
enum GitListing {
  /// Tracked files and new ones that are not ignored, those with the endings of plans: absolute paths of what is there.
  ///
  /// - Returns: nil without git, and outside its repositories.
  static func plans(below folder: String) -> [String]? {
    var environment = ProcessEnvironment.inherited()
    guard ProjectRoot.git(from: folder) != nil,
      case .found(let git) = ProgramSearch.find("git", path: environment["PATH"], directory: nil)
    else { return nil }
    // A hook is started with those of its own repository.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] { environment[name] = nil }
    // Nothing may be written, not even to refresh the index.
    environment["GIT_OPTIONAL_LOCKS"] = "0"
    let request = SpawnRequest(
      executable: git,
      arguments: StringBlock(
        [
          // A monitor is a program of the repository's configuration, and looking for plans starts none.
          "git", "-c", "core.fsmonitor=false", "-C", folder, "ls-files", "-z", "--cached", "--others",
          "--exclude-standard", "--",
        ] + PlanDiscovery.endings.map(pattern)), environment: environment.block)
    guard let completion = try? Completion.run(request, CompletionOptions(limit: 64 << 20)), completion.isSuccess else {
      return nil
    }
    var paths = completion.output.split(separator: 0).map {
      (folder == "/" ? "" : folder) + "/" + String(decoding: $0, as: UTF8.self)
    }
    // In the middle of a merge a file stands there once for each side.
    paths.sort()
    return paths.indices.filter { ($0 == 0 || paths[$0] != paths[$0 - 1]) && PathName.exists(paths[$0]) }
      .map { paths[$0] }
  }

  /// A pattern for names with an ending in any case: `*.[yY][mM][lL]`. What git's own `:(icase)` finds in a folder
  /// below the root depends on whether the file is tracked.
  private static func pattern(_ ending: String) -> String {
    "*." + ending.dropFirst().map { "[\($0)\($0.uppercased())]" }.joined()
  }
}
