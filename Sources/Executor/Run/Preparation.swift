internal import Digest
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Looks at one step right before its launch; a value, so that it can be done in another thread.
struct PreparationJob: Sendable {
  var judge: Judge
  /// Where the plan is, relative to the project root.
  var plan: String
  var question: Judge.Question
  var context: StepContext
  /// The checkpoint of this run that stands if no need gave another result.
  var stale: Checkpoint?
  /// The files of the last attempt, if only its `verify` failed: that is looked at before the action runs again.
  var unverified: AttemptFiles?
  /// Where scripts of probes may be written.
  var scratch: String
  /// The run and the attempt that is prepared; 0 where only guards are asked.
  var run: Int64 = 0
  var attempt: Int64 = 0

  struct Prepared: Sendable {
    var judgement: Judgement
    var verdict: SchedulerEvent.Preparation
    /// The program of a `run` or `exec` step.
    var command: ProgramCommand?
    var problem: String?
    /// What the run waits for.
    var awaited: AwaitedWork?
    /// `verify` holds now: what the last attempt made counts.
    var verified: AttemptResult?
    var keepsStale = false
    /// What a step has found, and the steps that this becomes.
    var items: [ForeachItem]?
    var steps: [Step] = []
  }

  private var step: Step { context.step }

  func prepare() -> Prepared { decided().masked(by: context.site.secrets.masker) }

  private func decided() -> Prepared {
    if let stale, standsUnchanged(stale) {
      return Prepared(judgement: empty(.skip, .checkpointed), verdict: .settle, keepsStale: true)
    }
    var judgement = judge.judge(question, about: context.node, in: context.scope)
    if judgement.decision.reasons.first?.kind == .probeNotRun { judgement = judgeWithPrograms() }
    switch judgement.decision.decision {
    case .skip: return Prepared(judgement: judgement, verdict: .settle)
    case .wait:
      // A later run compares it with what is read then.
      judgement.fingerprint.upstream = UpstreamValues.digest(of: step, in: context.scope)
      return waiting(judgement)
    case .run: return launchable(judgement)
    case .conflict:
      return Prepared(
        judgement: judgement, verdict: .refuse, problem: judgement.decision.reasons.first?.text ?? "it is in conflict")
    case .blocked, .unknown, .inDoubt:
      return Prepared(
        judgement: judgement, verdict: .fail,
        problem: judgement.decision.reasons.first.map { $0.kind == .rejected ? $0.text : $0.detail }
          ?? "it cannot be decided")
    }
  }

  /// What is asked of somebody else must be there before it is asked.
  private func waiting(_ judgement: Judgement) -> Prepared {
    do {
      var prepared = Prepared(judgement: judgement, verdict: .wait)
      if case .approve(let approve) = step.action {
        prepared.awaited = try awaited(approve, judgement)
        return prepared
      }
      guard let acceptance = step.action.acceptance else { return prepared }
      prepared.awaited = try awaited(acceptance)
      return prepared
    } catch {
      return Prepared(judgement: judgement, verdict: .fail, problem: EvaluationError.message(of: error))
    }
  }

  private func empty(_ decision: Decision, _ kind: Reason.Kind) -> Judgement {
    Judgement(StepDecision(decision, kind), definition: context.node.digest)
  }

  private func standsUnchanged(_ stale: Checkpoint) -> Bool {
    // What the list said of an item stands in its definition, and its values are no result of a need that is compared.
    if step.isFound {
      guard stale.fingerprint.definition == context.node.digest,
        stale.fingerprint.upstream == UpstreamValues.digest(of: step, in: context.scope)
      else { return false }
    }
    return question.standsUnchanged(stale)
  }

  private func judgeWithPrograms() -> Judgement {
    var question = self.question
    question.answers = answers()
    return judge.judge(question, about: context.node, in: context.scope)
  }

  /// Asks the programs of the step that say whether there is something to do.
  func answers() -> Judge.Answers {
    var answers = Judge.Answers()
    if step.unless != nil { answers.unless = unless() }
    if !step.verify.isEmpty { answers.verify = verify() }
    if case .uses(let uses) = step.action, step.unless == nil, step.creates.isEmpty {
      answers.action = ExternalAction(uses, context).answer()
    }
    return answers
  }

  /// Asks `unless`: exit 0 means that there is nothing to do.
  func unless() -> Judge.ProgramAnswer {
    guard let script = step.unless else { return .notRun }
    do {
      let command = try ProgramCommand.script(
        script, interpreter: nil, context: context, scriptPath: scratch + ".unless")
      let completion = try context.site.world.complete(
        command, timeout: step.timeout, cancellation: context.cancellation)
      if completion.isSuccess { return .holds }
      switch completion.status {
      case .exited(let code): return .fails("unless: exit \(code)")
      case .signalled(let signal): return .fails("unless: signal \(signal)")
      }
    } catch let error as EvaluationError {
      if case .withheld = error.kind { return .notRun }
      return .fails("unless: \(error.message)")
    } catch {
      return .fails("unless: \(error)")
    }
  }

  func verify() -> Judge.ProgramAnswer {
    let results = CheckEvaluator(context: context, scratch: scratch).evaluate(step.verify)
    return CheckEvaluator.failure(in: results).map { .fails($0) } ?? .holds
  }

  /// Decides the last things before a claim: digests of what the step reads, and the program with its environment.
  private func launchable(_ before: Judgement) -> Prepared {
    var judgement = before
    do {
      if let unverified, !step.verify.isEmpty, case .holds = verify() {
        var prepared = Prepared(judgement: judgement, verdict: .settle)
        prepared.verified = try AttemptFinish(context: context, files: unverified, duration: 0).afterVerification()
        return prepared
      }
      judgement.fingerprint.upstream = UpstreamValues.digest(of: step, in: context.scope)
      if !step.recordedInputs.isEmpty {
        judgement.inputFiles = try FileDigests.of(step.recordedInputs, context.site.files)
        judgement.fingerprint.inputs = FileDigests.digest(judgement.inputFiles)
      }
      var command: ProgramCommand?
      switch step.action {
      case .run(let run):
        command = try ProgramCommand.script(
          run.script, interpreter: run.interpreter, context: context, scriptPath: scratch + ".script")
      case .exec(let exec): command = try ProgramCommand.exec(exec, context: context)
      case .agent(let agent): command = try agentProgram(agent)
      case .uses(let uses):
        let external = ExternalAction(uses, context)
        command = try external.command(
          context.undo?.operation ?? .apply, with: try external.input(for: try external.describe()))
      case .file, .edit, .sql, .http, .fetch, .wait, .check, .manual, .approve: break
      }
      return Prepared(judgement: judgement, verdict: .claim, command: command)
    } catch {
      return Prepared(judgement: judgement, verdict: .fail, problem: EvaluationError.message(of: error))
    }
  }

  /// The program of an agent, which gets the prompt on its standard input.
  private func agentProgram(_ agent: AgentAction) throws -> ProgramCommand? {
    var command: ProgramCommand
    switch agent.program {
    case .script(let script):
      command = try ProgramCommand.script(
        script, interpreter: nil, context: context, scriptPath: scratch + ".script")
    case .words(let exec): command = try ProgramCommand.exec(exec, context: context)
    case nil: return nil
    }
    command.input = Array(try writePrompt(agent).text.utf8)
    return command
  }
}
