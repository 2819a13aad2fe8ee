package import Journal
package import PlanModel
package import Planner
package import Subprocess

/// Where a plan is executed: the project root, the state directory, and what every step gets from the invocation.
package struct ExecutionSite: Sendable {
  /// Absolute.
  package var root: String
  package var state: StateDirectory
  package var files: any FileProbe
  /// The environment that execplan was started with, and what the dotenv files of the plan hold.
  package var environment: ProcessEnvironment
  package var world: any ExecutionWorld
  /// Folders with programs of external actions, absolute; they come before `PATH`.
  package var actionFolders: [String] = []
  /// Those of the plan.
  package var secrets: SecretStore
  /// Who is told where each step stands before it goes on; nil: nobody.
  package var witness: (any StepWitness)?

  package init(
    root: String, state: StateDirectory, files: any FileProbe, environment: ProcessEnvironment, secrets: [Secret] = [],
    world: any ExecutionWorld = SystemWorld()
  ) {
    self.root = root
    self.state = state
    self.files = files
    self.environment = environment
    self.world = world
    self.secrets = SecretStore(secrets, root: root, environment: environment)
  }

  /// Puts files on the disk, before the end of the step that made them is recorded.
  func sync(_ files: [FileDigest]) throws(EvaluationError) {
    for file in files {
      for path in [absolute(file.path), PathName.parent(absolute(file.path))] where !world.sync(path) {
        throw EvaluationError("\"\(file.path)\" cannot be synced")
      }
    }
  }

  /// The same place for another plan.
  func with(_ secrets: [Secret]) -> ExecutionSite {
    var site = self
    site.secrets = SecretStore(secrets, root: root, environment: environment)
    site.secrets.readAhead()
    return site
  }

  /// The absolute path of a path of the plan.
  package func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    return path == "." ? root : root + "/" + path
  }
}
