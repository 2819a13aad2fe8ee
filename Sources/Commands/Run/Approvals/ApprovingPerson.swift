internal import Executor
internal import PlanModel
internal import Planner
internal import Subprocess

/// Who uses this process, as far as the system and git know.
struct ApprovingPerson {
  /// By the system's word.
  let user: String?
  /// Of git, for the project.
  let email: String?
  private let calledName: String

  init(_ invocation: Invocation, root: String) {
    user = CheckpointCommand.systemUser
    calledName = CheckpointCommand.userName(invocation)
    email = GitIdentity.email(in: root)
  }

  /// Under which name they answer, if they give none: the one by which the questions know them.
  func name(among planned: PlannedPlan, _ nodes: [Int]) -> String {
    var approvers: Set<String> = []
    for node in nodes {
      if case .approve(let action) = planned.nodes[node].step.action { approvers.formUnion(action.approvers) }
    }
    let names = Array(approvers)
    if !names.isEmpty, !ApproverName.isOne(calledName, of: names), let email, ApproverName.isOne(email, of: names) {
      return email
    }
    return calledName
  }
}

/// What git is configured with.
enum GitIdentity {
  /// - Returns: nil without git, and where no address is set.
  static func email(in folder: String) -> String? {
    var environment = ProcessEnvironment.inherited()
    guard case .found(let git) = ProgramSearch.find("git", path: environment["PATH"], directory: nil) else {
      return nil
    }
    // A hook is started with those of its own repository.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] { environment[name] = nil }
    let request = SpawnRequest(
      executable: git, arguments: StringBlock(["git", "-C", folder, "config", "--get", "user.email"]),
      environment: environment.block)
    guard let completion = try? Completion.run(request, CompletionOptions(limit: 4096)), completion.isSuccess else {
      return nil
    }
    let text = String(decoding: completion.output, as: UTF8.self).split(separator: "\n").first.map(String.init)
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }
}
