internal import PlanDocument
internal import PlanModel
internal import Planner
internal import Subprocess

/// Finds the plans below a folder: what git lists, tracked or not yet; without git all but hidden folders and those of
/// dependencies and builds.
enum PlanDiscovery {
  /// Absolute paths of all plans, sorted.
  static func plans(below folder: String) -> [String] {
    candidates(below: folder).filter { isPlan($0) }.sorted()
  }

  /// Absolute paths of all files that could be plans by their names.
  static func candidates(below folder: String) -> [String] {
    let names = listedByGit(folder) ?? walked(folder)
    return names.filter { hasPlanName($0) }
  }

  static func hasPlanName(_ path: String) -> Bool {
    [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) }
  }

  /// Whether a file is a plan, by its name or by its first key.
  static func isPlan(_ path: String) -> Bool {
    if PlanDocument.isPlan(path: path, bytes: []) { return true }
    guard let bytes = try? PlanFile.bytes(path) else { return false }
    return PlanDocument.isPlan(path: path, bytes: bytes)
  }

  private static func listedByGit(_ folder: String) -> [String]? {
    guard ProjectRoot.git(from: folder) != nil,
      case .found(let git) = ProgramSearch.find(
        "git", path: ProcessEnvironment.inherited()["PATH"], directory: nil)
    else { return nil }
    let request = SpawnRequest(
      executable: git,
      arguments: [
        "git", "-C", folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.yaml", "*.yml",
        "*.json",
      ], environment: ProcessEnvironment.inherited().block)
    guard let completion = try? Completion.run(request, CompletionOptions(limit: 64 << 20)), completion.isSuccess else {
      return nil
    }
    return completion.output.split(separator: 0).map { folder + "/" + String(decoding: $0, as: UTF8.self) }
      .filter { PathName.exists($0) }
  }

  private static func walked(_ folder: String) -> [String] {
    var found: [String] = []
    var folders = [folder]
    var looked = 0
    while let next = folders.popLast(), looked < 200_000 {
      guard let names = try? DirectoryListing.names(in: next) else { continue }
      looked += names.count
      for name in names where !name.hasPrefix(".") && name != "node_modules" {
        let path = next + "/" + name
        if hasPlanName(name) {
          found.append(path)
        } else if DirectoryListing.isFolder(path) {
          folders.append(path)
        }
      }
    }
    return found
  }
}
