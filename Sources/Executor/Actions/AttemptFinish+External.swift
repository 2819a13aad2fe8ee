internal import PlanModel
internal import Planner
internal import Subprocess

extension AttemptFinish {
  /// The result of an external action's `apply`: what it answered decides, together with its exit code.
  func afterExternal(_ status: ExitStatus) -> AttemptResult {
    var result = AttemptResult(.succeeded)
    switch status {
    case .exited(let code): result.exitCode = code
    case .signalled(let signal):
      result.signal = signal
      return failed(result, "ended by signal \(signal)")
    }
    let bytes: [UInt8]
    do {
      bytes = try context.site.world.readPrivateFile(files.stdout, upTo: ActionReply.limit + 1) ?? []
    } catch {
      return failed(result, "\(error)")
    }
    let reply: ActionReply
    do throws(ActionReplyProblem) {
      reply = try ActionReply(reading: bytes)
    } catch {
      if let code = result.exitCode, code != 0 { return failed(result, "exit \(code)") }
      // It says that all went well, and cannot say what it did: the next try would find the same.
      return failed(result, "exit 0, but \(error.message)", isPermanent: true)
    }
    if let failure = reply.failure { return failed(result, failure.message, isPermanent: !failure.isRetryable) }
    if let code = result.exitCode, code != 0 {
      return failed(result, reply.reason.map { "exit \(code): \($0)" } ?? "exit \(code)")
    }
    do {
      for path in reply.artifacts where try context.site.files.status(path) == nil {
        return failed(result, "artifact missing: it says that it made \"\(path)\"")
      }
      result.values = try merged(reply)
    } catch {
      return failed(result, EvaluationError.message(of: error))
    }
    if context.step.expect.stderr.isEmpty == false || context.step.expect.stdout.isEmpty == false {
      do {
        try expectOutput()
      } catch {
        return failed(result, EvaluationError.message(of: error))
      }
    }
    result.reason = reply.reason ?? (reply.changed == false ? "already as desired" : nil)
    return afterAction(result)
  }

  /// What it published in `$EXECPLAN_OUTPUT`, under what its reply says.
  private func merged(_ reply: ActionReply) throws -> [Value.Entry] {
    let mine = reply.publishedValues
    let names = Set(mine.map(\.key))
    return try published().filter { !names.contains($0.key) } + mine
  }

  private func failed(_ result: AttemptResult, _ reason: String, isPermanent: Bool = false) -> AttemptResult {
    var failed = AttemptResult(.failed, exitCode: result.exitCode, signal: result.signal, reason: reason)
    failed.isPermanent = isPermanent
    return failed
  }
}
