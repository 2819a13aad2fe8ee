internal import PlanModel
internal import Planner

/// Carries out the actions that need no program of the plan: `file`, `edit`, `sql`, `check`.
enum InProcessAction {
  /// Whether an action is carried out in a thread of this process.
  static func handles(_ action: Action) -> Bool {
    switch action {
    case .file, .edit, .sql, .check: true
    case .run, .exec, .manual, .agent: false
    }
  }

  static func perform(_ context: StepContext, attempt: Int64, scratch: String, now: Int64) -> AttemptResult {
    switch context.step.action {
    case .file, .edit: file(context, attempt)
    case .sql(let sql):
      context.site.world.run(SQLRunner(action: sql, context: context, now: now, log: scratch + ".err"))
    case .check(let check): self.check(check, context, scratch)
    case .run, .exec, .manual, .agent: preconditionFailure("only actions of this process are performed in it")
    }
  }

  private static func file(_ context: StepContext, _ attempt: Int64) -> AttemptResult {
    do {
      let desired = try DesiredFile.of(context.step.action, scope: context.scope, files: context.site.files)
      guard let difference = desired.difference else { return AttemptResult(.succeeded, reason: "already as desired") }
      try context.site.world.write(desired, with: FileWriter(site: context.site, attempt: attempt))
      return AttemptResult(.succeeded, reason: difference)
    } catch let error as EvaluationError {
      return .failed(error.message)
    } catch let error as FileWriter.Problem {
      return .failed(error.message)
    } catch {
      return .failed("\(error)")
    }
  }

  private static func check(_ action: CheckAction, _ context: StepContext, _ scratch: String) -> AttemptResult {
    let results = CheckEvaluator(context: context, scratch: scratch, isTimed: true).evaluate(action.checks)
    if context.cancellation.isCancelled { return AttemptResult(.cancelled) }
    var result = AttemptResult(.succeeded)
    if let failure = CheckEvaluator.failure(in: results) {
      result = .failed(failure)
    } else {
      let warnings = results.count { $0.failure != nil }
      if warnings > 0 { result.reason = warnings == 1 ? "1 warning" : "\(warnings) warnings" }
    }
    result.checks = results
    return result
  }
}
