internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Carries out an `http` action.
struct HTTPRunner {
  let action: HTTPAction
  let context: StepContext
  let scratch: String

  /// Bytes of a body that become values: what is larger would make the journal grow with every run.
  static let valueLimit = 1 << 20

  func run() -> AttemptResult {
    do {
      var request = try WebRequest(action.request, in: context.scope)
      if !request.method.isSafe { request.addHeader("idempotency-key", context.idempotencyKey) }
      let world = context.site.world
      let started = world.bootNow()
      let outcome = try WebExchange(transfer: CurlTransfer(context: context, scratch: scratch, timeout: nil)).perform(
        request)
      let duration = (world.bootNow() - started).wholeMilliseconds
      switch outcome {
      case .answered(let response): return try result(of: response, duration)
      case .failed(let message, let isSent, let status): return failure(message, isSent: isSent, status: status)
      case .cancelled: return cancelled()
      }
    } catch let error as EvaluationError {
      return .failed(error.message)
    } catch {
      return .failed("\(error)")
    }
  }

  private func result(of response: WebResponse, _ duration: Int) throws(EvaluationError) -> AttemptResult {
    let check = ResponseCheck(expect: action.expect, scope: context.scope, masker: context.site.secrets.masker)
    guard let mismatch = try check.mismatch(response, duration: duration) else {
      var result = AttemptResult(.succeeded, reason: "status \(response.statusText)")
      result.values = values(of: response)
      return result
    }
    var result = AttemptResult.failed(mismatch)
    result.retryAfter = response.header("retry-after").flatMap {
      RetryAfter.delay($0, now: context.site.world.wallNow())
    }
    return result
  }

  /// Without secrets: a server may send back what it was sent.
  private func values(of response: WebResponse) -> [Value.Entry] {
    let masker = context.site.secrets.masker
    var headers: [Value.Entry] = []
    for header in response.headers where !headers.contains(where: { $0.key == header.name }) {
      let value = masker.masked(response.header(header.name) ?? "")
      headers.append(Value.Entry(header.name, .string(value)))
    }
    var values: [Value.Entry] = [
      .init(ResponseValue.status.rawValue, .int(response.status)),
      .init(ResponseValue.headers.rawValue, .map(headers)),
    ]
    var shown = response
    shown.body = masker.masked(response.body)
    guard shown.body.count <= HTTPRunner.valueLimit, let text = shown.text, !text.utf8.contains(0) else {
      return values
    }
    values.append(.init(ResponseValue.body.rawValue, .string(text)))
    if let json = try? shown.json() { values.append(.init(ResponseValue.json.rawValue, json)) }
    return values
  }

  /// Whether the request may be sent again although the server may have got it.
  private var isRepeatable: Bool { context.step.idempotent ?? action.request.method.isRepeatable }

  private func failure(_ message: String, isSent: Bool, status: Int?) -> AttemptResult {
    // A refusal is known as soon as it begins.
    let isRefused = status.map { $0 >= 300 } ?? false
    if isSent, !isRefused, !isRepeatable {
      return AttemptResult(
        .inDoubt, reason: "\(message); the server may have carried out the \(action.request.method.rawValue)")
    }
    return .failed(message)
  }

  private func cancelled() -> AttemptResult {
    if isRepeatable { return AttemptResult(.cancelled, reason: "no response had come yet") }
    return AttemptResult(
      .inDoubt,
      reason:
        "it was ended before a response came; the server may have carried out the \(action.request.method.rawValue)"
    )
  }
}
