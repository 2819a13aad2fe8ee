internal import PlanModel
internal import Planner

/// Carries out the actions that need no program of the plan: `file`, `edit`, `sql`, `http`,
/// `fetch`, `wait`, `check`.
enum InProcessAction {
  /// Whether an action is carried out in a thread of this process.
  static func handles(_ action: Action) -> Bool {
    switch action {
    case .file, .edit, .sql, .http, .fetch, .wait, .check: true
    case .run, .exec, .manual, .approve, .agent, .uses: false
    }
  }

  static func perform(_ context: StepContext, attempt: Int64, scratch: String, now: Int64) -> AttemptResult {
    if let undo = context.undo, let result = undone(undo, context, attempt) { return result }
    return switch context.step.action {
    case .file, .edit: file(context, attempt)
    case .sql(let sql):
      context.site.world.run(SQLRunner(action: sql, context: context, now: now, log: scratch + ".err"))
    case .http(let http): HTTPRunner(action: http, context: context, scratch: scratch).run()
    case .fetch(let fetch):
      FetchRunner(action: fetch, context: context, attempt: attempt, scratch: scratch).run()
    case .wait(let wait): WaitRunner(action: wait, context: context, scratch: scratch, now: now).run()
    case .check(let check): self.check(check, context, scratch)
    case .run, .exec, .manual, .approve, .agent, .uses:
      preconditionFailure("only actions of this process are performed in it")
    }
  }

  /// Takes a step back without an action of the plan; nil if there is one.
  private static func undone(_ undo: UndoWork, _ context: StepContext, _ attempt: Int64) -> AttemptResult? {
    switch undo {
    case .action, .external: return nil
    case .nothing(let reason): return AttemptResult(.succeeded, reason: reason)
    case .restore(let restoration):
      do throws(FileWriter.Problem) {
        return AttemptResult(.succeeded, reason: try context.fileWriter(attempt).restore(restoration))
      } catch {
        return .failed(error.message)
      }
    }
  }

  private static func file(_ context: StepContext, _ attempt: Int64) -> AttemptResult {
    do {
      let desired = try DesiredFile.of(context.step.action, scope: context.scope, files: context.site.files)
      guard let difference = desired.difference else { return AttemptResult(.succeeded, reason: "already as desired") }
      let loss = try context.site.world.write(desired, with: context.fileWriter(attempt))
      return AttemptResult(
        .succeeded, reason: loss.map { "\(difference); what was there is not kept for undo: \($0)" } ?? difference)
    } catch let error as EvaluationError {
      return .failed(error.message)
    } catch let error as FileWriter.Problem {
      return .failed(error.message)
    } catch {
      return .failed("\(error)")
    }
  }

  private static func check(_ action: CheckAction, _ context: StepContext, _ scratch: String) -> AttemptResult {
    let evaluation = CheckEvaluator(context: context, scratch: scratch, isTimed: true).evaluation(of: action.checks)
    if context.cancellation.isCancelled { return AttemptResult(.cancelled) }
    let quality = QualityReport(evaluation, masked: { context.site.secrets.masked($0) })
    if let quality {
      do {
        try context.site.world.replacePrivateFile(scratch + ".out", with: Array(quality.text.utf8))
      } catch {
        return .failed("the report cannot be written: \(error)")
      }
    }
    var result = AttemptResult(.succeeded)
    if let failure = CheckEvaluator.failure(in: evaluation.results) {
      result = .failed(failure)
    } else {
      let warnings = evaluation.results.count { $0.failure != nil }
      if warnings > 0 { result.reason = warnings == 1 ? "1 warning" : "\(warnings) warnings" }
      if let quality {
        result.reason = quality.summary
        result.values = quality.values
      }
    }
    result.checks = evaluation.results
    return result
  }
}
