internal import CrashTest
internal import Journal
internal import PlanModel
internal import Planner
internal import Subprocess

extension CopyChoice {
  /// What of the project of a plan is copied.
  init(_ invocation: Invocation, _ runnable: RunnablePlan) throws {
    self.init()
    let project = runnable.project
    if let known = GitListing.strangers(below: project.root) {
      ignored = known.ignored
      untracked = known.untracked
    }
    let state = project.relative(project.state.path)
    if !state.hasPrefix("/") { self.state = state }
    wanted = try TestCommand.globs(invocation.parsed, "with")
    unwanted = try TestCommand.globs(invocation.parsed, "without")
    let steps = runnable.base.nodes.map(\.step)
    let all = Set(steps.flatMap(\.writtenPaths).map(\.text))
    made = steps.flatMap { step in
      switch step.action {
      case .file, .fetch: step.writtenPaths
      default: step.outputs + step.creates
      }
    }
    read = steps.flatMap(\.readPaths).filter { $0.isLiteral && !all.contains($0.text) }
  }
}
