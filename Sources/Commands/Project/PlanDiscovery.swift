internal import Diagnostics
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Finds the plans of a project: what git lists, tracked or not yet; without git all but hidden folders and those of
/// dependencies; and never what the configuration excludes.
struct PlanDiscovery {
  /// Files that could be plans by their names.
  struct Candidates {
    /// Absolute, sorted.
    var paths: [String] = []
    /// How many more there would be without the configuration.
    var excluded = 0
  }

  /// Whose configuration counts.
  let project: Project

  /// Absolute paths of all plans, sorted.
  func plans(below folder: String) -> [String] {
    candidates(below: folder).paths.filter { document($0) != nil }
  }

  /// All plans with their absolute paths, sorted. Each file is read and parsed once.
  func documents(below folder: String) -> [(path: String, document: PlanDocument)] {
    candidates(below: folder).paths.compactMap { path in document(path).map { (path, $0) } }
  }

  /// - Parameter folder: absolute, inside the project.
  func candidates(below folder: String) -> Candidates {
    var found = Candidates()
    for path in GitListing.plans(below: folder) ?? PlanDiscovery.walked(folder) where PlanDiscovery.hasPlanName(path) {
      if project.settings.excludes(project.relative(path)) {
        found.excluded += 1
      } else {
        found.paths.append(path)
      }
    }
    found.paths.sort()
    return found
  }

  /// How the names of files end that may be plans.
  static let endings = [".yaml", ".yml", ".json", ".md", ".markdown"]

  static func hasPlanName(_ path: String) -> Bool {
    let name = PathName.name(path).lowercased()
    return endings.contains { name.hasSuffix($0) } && name != ProjectConfiguration.fileName
  }

  /// The content of a file if it is a plan by its name, its content or the configuration; nil for others.
  ///
  /// What is wrong with it is reported by whoever loads it.
  private func document(_ path: String) -> PlanDocument? {
    let isListed = project.settings.declaresPlan(project.relative(path))
    guard let bytes = try? PlanFile.bytes(path) else {
      return isListed || PlanDocument.hasPlanName(path) ? .unreadable(path) : nil
    }
    var collector = DiagnosticCollector()
    return PlanDocument.detect(SourceFile(path: path, bytes: bytes), isListed: isListed, into: &collector)
  }

  private static func walked(_ folder: String) -> [String] {
    var found: [String] = []
    var folders = [folder]
    var looked = 0
    while let next = folders.popLast(), looked < 200_000 {
      guard let names = try? DirectoryListing.names(in: next) else { continue }
      looked += names.count
      for name in names where !name.hasPrefix(".") && name != "node_modules" {
        let path = (next == "/" ? "" : next) + "/" + name
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
