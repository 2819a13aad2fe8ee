internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// A program `execplan-action-NAME` and how it is spoken to: one JSON object on its standard input, one on its standard
/// output, and the operation as its only argument.
struct ExternalAction {
  let uses: UsesAction
  let context: StepContext

  init(_ uses: UsesAction, _ context: StepContext) {
    self.uses = uses
    self.context = context
  }

  /// Describing is no work.
  static let describeTimeout = Duration.seconds(10)
  /// Where the step sets no time of its own.
  static let probeTimeout = Duration.seconds(60)

  /// The program with an operation, wholly decided.
  func command(_ operation: ActionDescription.Operation, with value: Value?) throws(EvaluationError) -> ProgramCommand {
    let directory = try context.directory()
    var environment = try context.environment()
    environment.enter(directory)
    let program = try ExternalProgram.find(
      uses.programName, in: context.site.actionFolders, environment: environment, directory: directory)
    return program.command(operation.rawValue, input: request(operation, with: value))
  }

  private func request(_ operation: ActionDescription.Operation, with value: Value?) -> [UInt8] {
    func identity(_ name: String) -> Value {
      context.identity.first { $0.name == name }.map { .string($0.value) } ?? .null
    }
    return ExternalProgram.request(
      operation, with: value,
      context: [
        .init("project", .string(context.site.root)), .init("run_id", identity("EXECPLAN_RUN_ID")),
        .init("step_id", .string(context.step.id.value)), .init("attempt", identity("EXECPLAN_ATTEMPT")),
        .init("idempotency_key", context.idempotencyKey.isEmpty ? .null : .string(context.idempotencyKey)),
      ])
  }

  // MARK: Operations that are over at once

  func describe() throws -> ActionDescription {
    let completion = try complete(try command(.describe, with: nil), within: ExternalAction.describeTimeout, "describe")
    guard case .exited(0) = completion.status else { throw failure("describe", completion) }
    do throws(ActionReplyProblem) {
      return try ActionDescription(reading: completion.output)
    } catch {
      throw EvaluationError("\"\(uses.programName) describe\": \(error.message)")
    }
  }

  /// Asks whether what the step wants is there already.
  func probe(_ value: Value) throws -> ActionReply {
    let completion = try complete(
      try command(.probe, with: value), within: context.step.timeout ?? ExternalAction.probeTimeout, "probe")
    guard case .exited(0) = completion.status else { throw failure("probe", completion) }
    do throws(ActionReplyProblem) {
      let reply = try ActionReply(reading: completion.output)
      if let failure = reply.failure { throw ActionReplyProblem(failure.message) }
      return reply
    } catch {
      throw EvaluationError("\"\(uses.programName) probe\": \(error.message)")
    }
  }

  private func complete(_ command: ProgramCommand, within time: Duration, _ name: String) throws -> Completion {
    let completion = try context.site.world.complete(command, timeout: time, cancellation: context.cancellation)
    switch completion.outcome {
    case .ended: return completion
    case .timedOut:
      throw EvaluationError("\"\(uses.programName) \(name)\" took longer than \(time.wholeMilliseconds) ms")
    case .cancelled: throw EvaluationError("\"\(uses.programName) \(name)\" was cancelled")
    }
  }

  /// What a program that did not succeed says about it: in its reply, else at the end of its errors.
  private func failure(_ name: String, _ completion: Completion) -> EvaluationError {
    var why = ""
    if let reply = try? ActionReply(reading: completion.output), let failure = reply.failure {
      why = failure.message
    } else {
      let text = String(
        decoding: context.site.secrets.masker.masked(completion.errorOutput).suffix(2000), as: UTF8.self)
      why = text.split(whereSeparator: \.isNewline).last.map { String($0.prefix(300)) } ?? ""
    }
    let end =
      switch completion.status {
      case .exited(let code): "exit \(code)"
      case .signalled(let signal): "signal \(signal)"
      }
    return EvaluationError("\"\(uses.programName) \(name)\": \(end)" + (why.isEmpty ? "" : ": \(why)"))
  }

  // MARK: What it takes

  /// The value of `with`, held against what the action says that it takes.
  func input(for description: ActionDescription) throws(EvaluationError) -> Value {
    let tree = try uses.with.evaluated(in: context.scope)
    if let finding = SchemaCheck.findings(in: tree, against: description.schema, what: "with").first {
      throw EvaluationError(finding.message, finding.range)
    }
    return try uses.with.render(in: context.scope)
  }

  /// Whether there is something to do.
  func answer() -> Judge.ActionAnswer {
    do {
      let description = try describe()
      guard description.idempotence == .convergent else { return .runsAlways }
      let reply = try probe(try input(for: description))
      guard reply.isDone == true else { return .needed(reply.reason) }
      return .done(reply.reason, reply.publishedValues)
    } catch {
      return .failed(EvaluationError.message(of: error))
    }
  }
}

extension ActionReply {
  /// Its values, and the artifacts among them.
  var publishedValues: [Value.Entry] {
    guard !artifacts.isEmpty, !values.contains(where: { $0.key == "artifacts" }) else { return values }
    return values + [.init("artifacts", .list(artifacts.map(Value.string)))]
  }
}
