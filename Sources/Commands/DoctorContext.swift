internal import Executor
internal import Journal
internal import PlanLoading

/// What the checks of `doctor` look at.
package struct DoctorContext: Sendable {
  package let environment: [String: String]
  /// The root of the project that the command works in, absolute.
  package let projectRoot: String
  /// The state directory, whether it is there or not.
  package let stateDirectory: String
  /// Whether a person named the state directory, by option, environment or configuration.
  package let isStateDirectoryNamed: Bool
  package let console: Console

  package init(
    environment: [String: String], projectRoot: String, stateDirectory: String, isStateDirectoryNamed: Bool = false,
    console: Console
  ) {
    self.environment = environment
    self.projectRoot = projectRoot
    self.stateDirectory = stateDirectory
    self.isStateDirectoryNamed = isStateDirectoryNamed
    self.console = console
  }

  /// Throws if the working directory is gone.
  init(_ invocation: Invocation) throws(CommandFailure) {
    guard let directory = ProjectRoot.workingDirectory() else {
      throw CommandFailure(.ioError, "the working directory is gone", advice: "enter a folder that exists")
    }
    // A configuration with errors is a finding here.
    let project = invocation.projects.project(ofFolder: directory)
    self.init(
      environment: invocation.environment, projectRoot: project.root, stateDirectory: project.state.path,
      isStateDirectoryNamed: invocation.stateDirectory != nil || project.settings.configuration.stateDirectory != nil,
      console: invocation.console)
  }
}
