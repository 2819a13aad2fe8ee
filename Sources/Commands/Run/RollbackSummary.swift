internal import Executor
internal import PlanModel
internal import Reporting
internal import Subprocess

/// The summary at the end of `rollback`: what was not taken back and why, and the exact next command.
struct RollbackSummary {
  let result: RunResult
  let opening: RollbackOpening
  let reference: PlanReference

  private var plan: String { reference.command.plan }

  var summary: RunSummary {
    var summary = RunSummary(
      plan: opening.title, run: result.run, state: result.state, durationMilliseconds: Int64(result.duration),
      succeeded: result.count(.succeeded), skipped: result.count(.skipped))
    summary.takesBack = true
    for step in result.steps {
      switch step.state {
      case .failed, .cancelled:
        summary.failures.append(
          .init(
            id: step.id, reason: step.reason ?? "failed", lastLines: StepOutput.lastLines(step),
            logPath: StepOutput.logPath(step, in: reference.project)))
      case .inDoubt:
        summary.inDoubt.append(
          .init(
            id: step.id, reason: step.reason ?? "nobody knows whether its effect happened",
            commands: reference.command.resolve(step.id).map { "execplan \($0)" }))
      case .blocked: summary.blocked.append(.init(id: step.id, because: step.blockedBy ?? ""))
      case .pending: summary.notReached.append(step.id)
      case .running, .succeeded, .skipped, .waiting, .rolledBack: break
      }
    }
    summary.nextCommands = nextCommands(summary)
    return summary
  }

  private func nextCommands(_ summary: RunSummary) -> [String] {
    switch result.state {
    case .rolledBack: return []
    case .partial: return ["execplan apply \(plan)"]
    default: break
    }
    if !summary.inDoubt.isEmpty { return [] }
    let again = "execplan \(opening.again)"
    guard let failure = summary.failures.first, failure.logPath != nil else { return [again] }
    return ["execplan logs \(plan) \(CommandWords.word(failure.id))", again]
  }
}
