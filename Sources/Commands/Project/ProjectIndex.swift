internal import Glibc
internal import Journal
internal import PlanLoading
internal import PlanModel
internal import Synchronization

/// Finds the projects that files and folders belong to, each once in an invocation.
final class ProjectIndex: Sendable {
  private struct State {
    var roots: [String: String] = [:]
    var projects: [String: Project] = [:]
  }

  /// What the person asked for; nil: what the configuration says, else `.execplan` at the root.
  private let stateDirectory: String?
  private let state = Mutex(State())

  init(stateDirectory: String?) { self.stateDirectory = stateDirectory }

  /// - Parameter file: absolute.
  func project(ofFile file: String) -> Project { project(ofFolder: PathName.parent(file)) }

  /// - Parameter folder: absolute.
  func project(ofFolder folder: String) -> Project {
    state.withLock { state in
      let root = state.roots[folder] ?? Project.root(of: folder)
      state.roots[folder] = root
      if let known = state.projects[root] { return known }
      let project = Project(root: root, stateDirectory: stateDirectory)
      state.projects[root] = project
      return project
    }
  }
}

extension Invocation {
  /// The project of a plan file.
  ///
  /// - Throws: exit 3 when a configuration that counts for the file has errors.
  func project(ofFile file: String) throws(InvalidConfiguration) -> Project {
    let project = projects.project(ofFile: file)
    try InvalidConfiguration.check(project.settings.files(for: project.relative(file)))
    return project
  }

  /// The project of a folder.
  ///
  /// - Throws: exit 3 when the configuration at its root has errors.
  func project(ofFolder folder: String) throws(InvalidConfiguration) -> Project {
    let project = projects.project(ofFolder: folder)
    try InvalidConfiguration.check(project.settings.files(for: ""))
    return project
  }
}
