internal import Diagnostics
internal import PlanDocument
internal import Planner
internal import SourceText
internal import Subprocess

/// Finds the plans below a folder: what git lists, tracked or not yet; without git all but hidden folders and those of
/// dependencies and builds.
enum PlanDiscovery {
  /// Absolute paths of all plans, sorted.
  static func plans(below folder: String) -> [String] {
    candidates(below: folder).sorted().filter { document($0) != nil }
  }

  /// All plans with their absolute paths, sorted. Each file is read and parsed once.
  static func documents(below folder: String) -> [(path: String, document: PlanDocument)] {
    candidates(below: folder).sorted().compactMap { path in document(path).map { (path, $0) } }
  }

  /// Absolute paths of all files that could be plans by their names.
  static func candidates(below folder: String) -> [String] {
    let names = listedByGit(folder) ?? walked(folder)
    return names.filter { mayBePlan($0) }
  }

  private static let endings = [".yaml", ".yml", ".json", ".md", ".markdown"]

  private static func mayBePlan(_ path: String) -> Bool { endings.contains { path.hasSuffix($0) } }

  /// The content of a file if it is a plan; nil for others and for files that can't be read.
  ///
  /// What is wrong with it is reported by whoever loads it.
  private static func document(_ path: String) -> PlanDocument? {
    guard let bytes = try? PlanFile.bytes(path) else {
      return PlanDocument.hasPlanName(path)
        ? PlanDocument(
          source: SourceFile(path: path, bytes: []), dialect: .yaml, root: nil,
          suppressions: Suppressions(of: SourceFile(path: path, bytes: []))) : nil
    }
    var collector = DiagnosticCollector()
    return PlanDocument.detect(SourceFile(path: path, bytes: bytes), into: &collector)
  }

  private static func listedByGit(_ folder: String) -> [String]? {
    guard ProjectRoot.git(from: folder) != nil,
      case .found(let git) = ProgramSearch.find(
        "git", path: ProcessEnvironment.inherited()["PATH"], directory: nil)
    else { return nil }
    let request = SpawnRequest(
      executable: git,
      arguments: StringBlock(
        ["git", "-C", folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]
          + endings.map { "*" + $0 }), environment: ProcessEnvironment.inherited().block)
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
        if mayBePlan(name) {
          found.append(path)
        } else if DirectoryListing.isFolder(path) {
          folders.append(path)
        }
      }
    }
    return found
  }
}
