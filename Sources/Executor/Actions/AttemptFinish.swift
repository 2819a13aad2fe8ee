internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// What comes after an action: published values, expectations, outputs, `verify`, digests. Only when all of that holds
/// has the step succeeded.
struct AttemptFinish: Sendable {
  var context: StepContext
  var files: AttemptFiles
  /// Milliseconds that the action took.
  var duration: Int
  /// What a keeper found about its output, which it alone saw as it was.
  var judged: JudgedOutput?

  /// The result of a program that ended by itself.
  func afterProgram(_ status: ExitStatus) -> AttemptResult {
    if case .uses = context.step.action { return afterExternal(status) }
    var result = AttemptResult(.succeeded)
    switch status {
    case .exited(let code): result.exitCode = code
    case .signalled(let signal): result.signal = signal
    }
    if let mismatch = ExpectationCheck.mismatch(context.step.expect, status: status) {
      return failing(result, mismatch)
    }
    do {
      result.values = try published()
      try expectOutput()
    } catch let error as EvaluationError {
      return failing(result, error.message)
    } catch {
      return failing(result, "\(error)")
    }
    return afterAction(result)
  }

  /// What every successful action must still show.
  func afterAction(_ before: AttemptResult) -> AttemptResult {
    guard before.ending == .succeeded else { return before }
    var result = before
    let step = context.step
    do {
      if let text = try ExpectationCheck.mismatch(
        step.expect.duration, .int(duration), "the duration in milliseconds", in: context.scope)
      {
        return failing(result, text)
      }
      if !step.outputs.isEmpty || !step.recordedOutputs.isEmpty {
        for pattern in step.recordedOutputs where !pattern.isNegated && mustExist(pattern) {
          if try context.site.files.matches([pattern]).isEmpty {
            let what = step.outputs.contains(pattern) ? "output" : "artifact"
            return failing(result, "\(what) missing: nothing matches \"\(pattern.text)\"")
          }
        }
      }
      if let acceptance = step.action.acceptance, let lack = try lack(acceptance, result.values) {
        if context.cancellation.isCancelled {
          return AttemptResult(.cancelled, reason: "cancelled while its criteria were checked")
        }
        return failing(result, lack)
      }
      if !step.verify.isEmpty {
        let checks = CheckEvaluator(context: context, scratch: files.scratch, isTimed: true).evaluate(step.verify)
        result.checks += checks
        if context.cancellation.isCancelled {
          var cancelled = AttemptResult(.cancelled, reason: "cancelled while it was verified")
          cancelled.usage = result.usage
          return cancelled
        }
        if let failure = CheckEvaluator.failure(in: checks) { return failing(result, "verify: \(failure)") }
      }
      try record(into: &result)
    } catch let error as EvaluationError {
      return failing(result, error.message)
    } catch {
      return failing(result, "\(error)")
    }
    return result
  }

  /// The result of an attempt whose `verify` holds only now.
  func afterVerification() throws -> AttemptResult {
    var result = AttemptResult(.succeeded)
    result.values = try values(files.output, "EXECPLAN_OUTPUT")
    try record(into: &result)
    return result
  }

  private func record(into result: inout AttemptResult) throws {
    let step = context.step
    let packages = try HandoffPackage.values(of: context, own: result.values)
    // Nobody else writes packages in the step's name.
    if !packages.isEmpty { result.values.removeAll { $0.key.hasPrefix(Handoff.prefix) } }
    result.values += packages
    if let problem = context.site.secrets.problem(with: result.values, in: "the step") {
      throw EvaluationError(problem)
    }
    if !packages.isEmpty {
      try HandoffPackage.write(packages, of: step.id.value, agentFiles, in: context.site.world)
    }
    result.outputFiles = try FileDigests.of(step.recordedOutputs, context.site.files)
    if step.syncOutputs { try context.site.sync(result.outputFiles) }
    result.rewrittenInputs = result.outputFiles
    result.pendingState = try pendingState(values: result.values)
  }

  /// The state that the step writes, with the values that it published.
  func pendingState(values own: [Value.Entry]) throws -> [Value.Entry] {
    var pending = try values(files.state, "EXECPLAN_STATE")
    var scope = context.scope
    scope.ownValues = own
    for write in context.step.state {
      pending.append(Value.Entry(write.name.value, try write.value.render(in: scope)))
    }
    if let problem = context.site.secrets.problem(with: pending, in: "\"state\"") { throw EvaluationError(problem) }
    return pending
  }

  /// Where what agents are given lies, beside the files of the attempt.
  private var agentFiles: AgentFiles { AgentFiles(folder: files.folder) }

  /// What an agent's program was to leave and did not.
  private func lack(_ acceptance: Acceptance, _ values: [Value.Entry]) throws -> String? {
    let check = AcceptanceCheck(acceptance, context)
    if let missing = try check.missingArtifacts().first { return "artifact missing: \(missing)" }
    if let value = check.missingValues(among: values).first {
      return "value missing: it did not write \"\(value.name.value)=…\" to $EXECPLAN_OUTPUT"
    }
    let unmet = try check.unmet(met: nil, scratch: files.scratch + ".accept", isTimed: true)
    guard let first = unmet.first else { return nil }
    return "criterion \(first)" + (unmet.count > 1 ? " (and \(unmet.count - 1) more)" : "")
  }

  private func mustExist(_ pattern: PathPattern) -> Bool {
    if case .file(let file) = context.step.action, file.content == .absent, pattern == file.path { return false }
    return true
  }

  private func failing(_ result: AttemptResult, _ reason: String) -> AttemptResult {
    var failed = AttemptResult(.failed, exitCode: result.exitCode, signal: result.signal, reason: reason)
    failed.checks = result.checks
    failed.usage = result.usage
    return failed
  }

  private func values(_ path: String, _ name: String) throws -> [Value.Entry] {
    let world = context.site.world
    guard let bytes = try world.readPrivateFile(path, upTo: PublishedValues.limit + 1), !bytes.isEmpty else {
      return []
    }
    let secrets = context.site.secrets
    let values: [Value.Entry]
    do throws(PublishedValues.Problem) {
      values = try PublishedValues.parse(bytes)
    } catch {
      // A part of what can't be read is shown, and half a secret would not be found.
      if secrets.nameOfSecret(in: bytes) != nil {
        world.removePrivateFile(path)
        throw EvaluationError("$\(name) can't be read, and as it holds a secret, it is not shown")
      }
      throw EvaluationError("$\(name) can't be read: \(error.message)")
    }
    if let problem = secrets.problem(with: values, in: "$\(name)") {
      world.removePrivateFile(path)
      throw EvaluationError(problem)
    }
    return values
  }

  /// What a program wrote to `$EXECPLAN_OUTPUT`.
  func published() throws -> [Value.Entry] { try values(files.output, "EXECPLAN_OUTPUT") }

  func expectOutput() throws {
    if let judged {
      if let mismatch = judged.mismatch { throw EvaluationError(mismatch) }
      return
    }
    let expect = context.step.expect
    for (comparisons, path, name) in [(expect.stdout, files.stdout, "stdout"), (expect.stderr, files.stderr, "stderr")]
    where !comparisons.isEmpty {
      let bytes = try context.site.world.readPrivateFile(path, limit: AttemptFiles.expectLimit) ?? []
      let text = Value.string(String(decoding: bytes, as: UTF8.self))
      if let mismatch = try ExpectationCheck.mismatch(
        comparisons, text, name, in: context.scope, masker: context.site.secrets.masker)
      {
        throw EvaluationError(mismatch)
      }
    }
  }
}
