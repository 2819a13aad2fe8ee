internal import Executor
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import Reporting
internal import Subprocess

/// The summary at the end of `apply`: what happened, what it is blocked by, and the exact next command.
struct ApplySummary {
  let result: RunResult
  let runnable: RunnablePlan
  /// Which steps were asked for, for commands that go on with the same.
  let selection: Selection

  private var plan: String { runnable.command.plan }

  var summary: RunSummary {
    var summary = RunSummary(
      plan: runnable.planned.plan.title, run: result.run, state: result.state,
      durationMilliseconds: Int64(result.duration), succeeded: result.count(.succeeded),
      skipped: result.count(.skipped))
    for step in result.steps where step.isSelected {
      switch step.state {
      case .failed where !step.isAllowed, .cancelled:
        summary.failures.append(
          .init(
            id: step.id, reason: step.reason ?? "failed", lastLines: StepOutput.lastLines(step),
            logPath: StepOutput.logPath(step, in: runnable.project)))
      case .inDoubt:
        summary.inDoubt.append(
          .init(
            id: step.id, reason: step.reason ?? "nobody knows whether its effect happened",
            commands: runnable.command.resolve(step.id).map { "execplan \($0)" }))
      case .waiting:
        summary.waiting.append(waiting(step))
      case .blocked where step.refusal != nil:
        let answers: [OnConflict] = step.isInConflict ? [.overwrite, .adopt] : []
        summary.refused.append(
          .init(
            id: step.id, reason: step.refusal ?? "",
            commands: answers.map { "execplan \(runnable.command.apply(choices, answering: $0))" }))
      case .blocked: summary.blocked.append(.init(id: step.id, because: step.blockedBy ?? ""))
      case .pending: summary.notReached.append(step.id)
      case .running, .succeeded, .failed, .skipped, .rolledBack: break
      }
      if step.state == .skipped {
        summary.warnings += missingSecrets(step.id).map {
          "\"\(step.id)\" was skipped for want of the secret \"\($0)\""
        }
      }
      if step.isAllowed {
        summary.warnings.append("\"\(step.id)\" failed, which the plan allows: \(step.reason ?? "")")
      }
      for check in step.checks where check.severity == .warn {
        if let failure = check.failure { summary.warnings.append("\"\(step.id)\": \(check.title): \(failure)") }
      }
    }
    summary.nextCommands = nextCommands(summary)
    return summary
  }

  private var choices: SavedPlan.Choices {
    var options = ExecutionOptions()
    options.selection = selection
    return SavedPlan.Choices(options, probes: false)
  }

  private func nextCommands(_ summary: RunSummary) -> [String] {
    switch result.state {
    case .failed, .interrupted:
      if !summary.inDoubt.isEmpty { return [] }
      if let rejected = summary.failures.first(where: { isQuestion($0.id) }), result.exitCode == .refused {
        return ["execplan \(runnable.command.approve(rejected.id))"]
      }
      var commands: [String] = []
      if let failure = summary.failures.first, failure.logPath != nil {
        commands.append("execplan logs \(plan) \(CommandWords.word(failure.id))")
      }
      return commands + ["execplan \(runnable.command.resume())"]
    case .waiting, .running, .succeeded, .abandoned, .rolledBack: return []
    case .partial: return ["execplan apply \(plan)"]
    }
  }

  private func isQuestion(_ id: String) -> Bool {
    guard let node = runnable.planned.graph.index(of: id) else { return false }
    return runnable.planned.nodes[node].isApproval
  }

  /// The secrets whose absence a step's condition asks for.
  private func missingSecrets(_ id: String) -> [String] {
    guard let condition = runnable.planned.step(like: id)?.when else { return [] }
    let presence = runnable.site.secrets.presence
    return condition.askedSecrets.filter { (try? presence.isThere($0)) == false }
  }

  /// What is awaited, and the command that says that it is done.
  private func waiting(_ step: RunResult.StepResult) -> RunSummary.Open {
    var open = RunSummary.Open(
      id: step.id, reason: step.awaited?.text ?? step.reason ?? "waits for a person",
      commands: ["execplan checkpoint \(plan) \(CommandWords.word(step.id)) --continue"])
    if let question = step.awaited?.question {
      if !question.approvers.isEmpty { open.details.append("approvers: \(question.approvers.joined(separator: ", "))") }
      if question.quorum > 1 { open.details.append("quorum: \(question.quorum)") }
      if !question.standing.isEmpty { open.details.append(question.standing) }
      open.commands = ["execplan \(runnable.command.approve(step.id)) --continue"]
      return open
    }
    guard let awaited = step.awaited, let prompt = awaited.prompt else { return open }
    open.details.append("prompt: \(runnable.project.relative(prompt))")
    if !awaited.artifacts.isEmpty { open.details.append("artifacts: \(awaited.artifacts.joined(separator: ", "))") }
    for (index, criterion) in awaited.criteria.enumerated() {
      open.details.append("criterion \(index + 1): \(criterion)")
    }
    open.commands = ["execplan \(awaited.command(plan: plan, step: step.id))"]
    return open
  }
}
