internal import Executor
internal import Glibc
internal import PlanDocument
internal import PlanLoading
internal import PlanModel
internal import SourceText
internal import Subprocess

/// The files that `validate` was asked to look at.
struct ValidationTargets {
  enum Target: Hashable, Sendable {
    case file(String)
    case standardInput
  }

  /// Absolute paths, each file once, in the order of the words; those of a folder sorted.
  private(set) var targets: [Target] = []
  /// The projects that were searched; their configurations are looked at too.
  private(set) var projects: [Project] = []
  /// How many files were passed over because a configuration excludes them.
  private(set) var excluded = 0
  /// Files that a person named, which may turn out to be no plans.
  private var named: Set<String> = []
  /// What could be plans by their names, below which folders: for the message when none is found.
  let places: String

  /// - Throws: `UsageError` for a path that does not exist.
  init(_ invocation: Invocation) throws {
    let words = invocation.parsed.words("PATH")
    var seen: Set<Target> = []
    if words.isEmpty {
      guard let here = ProjectRoot.workingDirectory() else {
        throw CommandFailure(.ioError, "the working directory is gone", advice: "enter a folder that exists")
      }
      let project = invocation.projects.project(ofFolder: here)
      places = UsageError.quoted(project.root)
      search(project.root, in: project, &seen)
      return
    }
    places = words.map { UsageError.quoted($0) }.joined(separator: ", ")
    for word in words {
      let path = PathName.absolute(word)
      if word == "-" {
        add(.standardInput, &seen)
      } else if PathName.isFolder(path) {
        search(path, in: invocation.projects.project(ofFolder: path), &seen)
      } else if let refusal = SavedPlanFile.refusal(of: path) {
        throw UsageError(refusal.message, advice: refusal.advice, command: "validate")
      } else if PathName.isThere(path) {
        // A link that leads nowhere is there too: it can't be read, and that is a finding.
        named.insert(path)
        add(.file(path), &seen)
      } else {
        throw UsageError(
          "there is no file or folder \(UsageError.quoted(word))",
          advice: "give plans, folders with plans, or nothing for every plan of the project", command: "validate")
      }
    }
  }

  private mutating func search(_ folder: String, in project: Project, _ seen: inout Set<Target>) {
    let found = PlanDiscovery(project: project).candidates(below: folder)
    for path in found.paths { add(.file(path), &seen) }
    excluded += found.excluded
    if !projects.contains(where: { $0.root == project.root }) { projects.append(project) }
  }

  private mutating func add(_ target: Target, _ seen: inout Set<Target>) {
    var key = target
    if case .file(let path) = target { key = .file(RealPath.orSame(path)) }
    if seen.insert(key).inserted { targets.append(target) }
  }

  /// Whether a person named this very file.
  func isNamed(_ path: String) -> Bool { named.contains(path) }

  /// The configurations that counted and have findings, and those that a person named, root by root.
  ///
  /// - Parameter standardInputName: the path under which standard input is looked at.
  func configurations(
    _ index: ProjectIndex, standardInputName: String?
  ) -> [(file: ConfigurationFile, root: String)] {
    var projects = projects
    for target in targets {
      let path =
        switch target {
        case .file(let path): path
        case .standardInput: PathName.absolute(standardInputName ?? Validation.standardInputName)
        }
      let project = index.project(ofFile: path)
      // Named files bring the configurations that count for them.
      _ = project.settings.files(for: project.relative(path))
      if !projects.contains(where: { $0.root == project.root }) { projects.append(project) }
    }
    return projects.flatMap { project in
      project.settings.known.filter { file in
        let folder = file.folder.isEmpty ? project.root : project.root + "/" + file.folder
        let path = folder + "/" + ProjectConfiguration.fileName
        return named.contains(path) || (!file.diagnostics.isEmpty && counts(path, in: folder, of: project))
      }.map { ($0, project.root) }
    }
  }

  /// Whether a configuration says something about a file that is looked at: where all plans are excluded only a file
  /// that a person named can be one.
  private func counts(_ path: String, in folder: String, of project: Project) -> Bool {
    !project.settings.excludes(project.relative(path))
      || targets.contains { if case .file(let file) = $0 { file.hasPrefix(folder + "/") } else { false } }
  }
}
