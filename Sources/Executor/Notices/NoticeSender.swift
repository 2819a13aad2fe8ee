internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Sends one notice, and again if that fails.
struct NoticeSender: Sendable {
  let notice: Notice
  let outcome: RunOutcome
  let context: StepContext
  /// Where a body may be written that holds no secret and is too large for curl's configuration.
  let scratch: String

  /// One try that did not work.
  private struct Failure {
    var reason: String
    var retryAfter: Duration?
  }

  /// - Returns: why it could not be sent; nil when it was. Without secrets.
  func send() -> String? {
    let masker = context.site.secrets.masker
    var failures = 0
    let world = context.site.world
    let started = world.bootNow()
    while true {
      guard let failure = tryOnce() else { return nil }
      failures += 1
      var result = AttemptResult.failed(failure.reason)
      result.retryAfter = failure.retryAfter
      let delay = RetryDecision(policy: notice.retry).delay(
        after: result, failures: failures, elapsed: world.bootNow() - started, random: world.random())
      guard let delay, !context.cancellation.isCancelled, delay <= NoticeSender.longestWait,
        !world.pause(delay, cancellation: context.cancellation)
      else {
        let tries = failures == 1 ? "" : " (after \(failures) tries)"
        return masker.masked(failure.reason) + tries
      }
    }
  }

  /// The run is over, and somebody may wait for the program to end.
  private static let longestWait = Duration.seconds(60)

  private func tryOnce() -> Failure? {
    do {
      switch notice.channel {
      case .run(let script):
        return try run(
          ProgramCommand.script(script, interpreter: nil, context: context, scriptPath: scratch + ".script"))
      case .exec(let exec): return try run(ProgramCommand.exec(exec, context: context))
      case .webhook(let request): return try post(request)
      case .email(let email): return try mail(email)
      }
    } catch let error as EvaluationError {
      return Failure(reason: error.message)
    } catch {
      return Failure(reason: "\(error)")
    }
  }

  private func run(_ command: ProgramCommand) throws -> Failure? {
    let completion = try context.site.world.complete(
      command, timeout: notice.timeout, cancellation: context.cancellation)
    switch (completion.outcome, completion.status) {
    case (.cancelled, _): return Failure(reason: "it was ended")
    case (.timedOut, _): return Failure(reason: "it ran longer than \(notice.timeout.wholeMilliseconds) ms")
    case (.ended, .exited(0)): return nil
    case (.ended, .exited(let code)):
      let output = String(decoding: context.site.secrets.masker.masked(completion.errorOutput), as: UTF8.self)
      let last = TerminalText.sanitized(output).split(separator: "\n").last.map { ": \($0.prefix(200))" } ?? ""
      return Failure(reason: "exit \(code)\(last)")
    case (.ended, .signalled(let signal)): return Failure(reason: "ended by signal \(signal)")
    }
  }

  private func post(_ webhook: HTTPRequest) throws -> Failure? {
    var request = try WebRequest(webhook, in: context.scope)
    if webhook.body == nil, webhook.method.takesBody {
      request.body = Array(JSONWriter.compact(outcome.json).utf8)
      request.addHeader("content-type", "application/json")
    }
    request.addHeader("idempotency-key", context.idempotencyKey)
    let transfer = CurlTransfer(context: context, scratch: scratch, timeout: notice.timeout)
    switch try WebExchange(transfer: transfer).perform(request) {
    case .answered(let response) where (200...299).contains(response.status): return nil
    case .answered(let response):
      return Failure(
        reason: "the server answered \(response.statusText)",
        retryAfter: response.header("retry-after").flatMap {
          RetryAfter.delay($0, now: context.site.world.wallNow())
        })
    case .failed(let message, _, _): return Failure(reason: message)
    case .cancelled: return Failure(reason: "it was ended")
    }
  }

  private func mail(_ email: Notice.Email) throws -> Failure? {
    let message = try MailMessage(email, outcome, in: context.scope)
    let environment = try context.environment()
    // Its usual places are on the search path of few people.
    let path = [environment["PATH"] ?? "", "/usr/sbin", "/usr/lib"].joined(separator: ":")
    guard case .found(let program) = ProgramSearch.find("sendmail", path: path, directory: context.site.root) else {
      return Failure(reason: "there is no \"sendmail\"; install a mail server, or use a webhook")
    }
    // Recipients are read from the message, and a line with one dot does not end it.
    var command = ProgramCommand(
      executable: program, arguments: ["sendmail", "-t", "-i"], environment: environment,
      directory: context.site.root)
    command.input = message.bytes
    return try run(command)
  }
}
