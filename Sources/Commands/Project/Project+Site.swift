internal import Executor
internal import PlanModel
internal import Subprocess

extension Project {
  /// Where plans of the project are executed.
  ///
  /// - Parameter plan: whose secrets and variables count there; nil: none do.
  func site(for plan: Plan?) -> ExecutionSite {
    var environment = ProcessEnvironment.inherited()
    for variable in plan?.dotenv.variables ?? [] { environment[variable.name] = variable.value }
    var site = ExecutionSite(
      root: root, state: state, files: ProjectProbe.make(root: root), environment: environment,
      secrets: plan?.secrets ?? [])
    site.actionFolders = actionFolders
    site.witness = TrialMode.witness
    return site
  }
}
