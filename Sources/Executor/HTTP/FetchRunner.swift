internal import Digest
internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Carries out a `fetch` action: the file is got beside its place, compared, synced and only then put in place.
struct FetchRunner {
  let action: FetchAction
  let context: StepContext
  let attempt: Int64
  let scratch: String

  func run() -> AttemptResult {
    do {
      let wanted = try action.digest(in: context.scope)
      if wanted != nil, try FetchedFile.difference(action, wanted, context.site.files) == nil {
        return AttemptResult(.succeeded, reason: "already as desired")
      }
      let request = try WebRequest(action, in: context.scope)
      let writer = context.fileWriter(attempt)
      let place = try writer.prepareFetch(action)
      defer { place.discard() }
      let exchange = WebExchange(transfer: CurlTransfer(context: context, scratch: scratch, timeout: nil))
      switch try exchange.perform(request, to: place.temporary) {
      case .answered(let response): return try result(of: response, wanted, place)
      case .failed(let message, _, _): return .failed(message)
      case .cancelled: return AttemptResult(.cancelled, reason: "the file had not come whole yet")
      }
    } catch let error as EvaluationError {
      return .failed(error.message)
    } catch let error as FileWriter.Problem {
      return .failed(error.message)
    } catch {
      return .failed("\(error)")
    }
  }

  private func result(of response: WebResponse, _ wanted: String?, _ place: FetchPlace) throws -> AttemptResult {
    let check = ResponseCheck(
      expect: HTTPExpectation(), scope: context.scope, masker: context.site.secrets.masker)
    if let mismatch = try check.mismatch(response, duration: 0) {
      var result = AttemptResult.failed(mismatch)
      result.retryAfter = response.header("retry-after").flatMap {
        RetryAfter.delay($0, now: context.site.world.wallNow())
      }
      return result
    }
    let digest = try place.digest()
    if let wanted, digest.hex != wanted {
      return .failed("the SHA-256 of what came is \(digest.hex), not \(wanted); nothing was put in place")
    }
    let old = try place.present()
    let loss = try place.keepOld(for: digest)
    try place.put(over: old)
    let came = "\"\(action.path.text)\" came from the server"
    return AttemptResult(
      .succeeded, reason: loss.map { "\(came); what was there is not kept for undo: \($0)" } ?? came)
  }
}
