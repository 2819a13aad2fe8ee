internal import Executor
internal import PlanModel
internal import Planner

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
    guard let output = GitProgram.output(["config", "--get", "user.email"], in: folder, limit: 4096) else { return nil }
    let text = String(decoding: output, as: UTF8.self).split(separator: "\n").first.map(String.init)
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }
}
