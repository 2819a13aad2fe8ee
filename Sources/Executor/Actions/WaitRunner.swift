internal import PlanModel
internal import Planner
internal import SourceText
internal import Subprocess

/// Carries out a `wait` action: looks until what is waited for holds. The step's timeout is its only bound.
struct WaitRunner {
  let action: WaitAction
  let context: StepContext
  let scratch: String
  /// Milliseconds since 1970.
  let now: Int64

  func run() -> AttemptResult {
    do {
      if case .duration(let duration) = action.condition { return pass(duration) }
      let look = try looker()
      var looks = 1
      var found = look()
      while let problem = found {
        let line = "waits for \(problem)"
        context.note?.text = line
        if context.cancellation.isCancelled || pause(action.interval) {
          return AttemptResult(.cancelled, reason: "waited for \(problem) (after \(looks) looks)")
        }
        looks += 1
        let next = look()
        // A look that was cut off says nothing; what the one before found stands.
        found = next != nil && context.cancellation.isCancelled ? problem : next
      }
      return AttemptResult(.succeeded, reason: looks == 1 ? "it held at the first look" : "it held at look \(looks)")
    } catch let error as EvaluationError {
      return .failed(error.message)
    } catch {
      return .failed("\(error)")
    }
  }

  private func pause(_ duration: Duration) -> Bool {
    context.site.world.pause(duration, cancellation: context.cancellation)
  }

  /// A duration that a crash or a signal cut off goes on with what is left of it; a clock that was set can't prolong it.
  private func pass(_ duration: Duration) -> AttemptResult {
    let whole = Int64(duration.wholeMilliseconds)
    let left = context.begunAt.map { min(max($0 + whole - now, 0), whole) } ?? whole
    let due = context.site.world.wallNow() + left
    context.note?.text = "waits until \(Timestamp.rfc3339(due))"
    if pause(.milliseconds(Int(left))) {
      let rest = max(0, due - context.site.world.wallNow())
      return AttemptResult(.cancelled, reason: "\(DurationWords.text(rest)) of \(DurationWords.text(whole)) were left")
    }
    return AttemptResult(
      .succeeded,
      reason: left < whole
        ? "the \(DurationWords.text(left)) that were left have passed" : "\(DurationWords.text(whole)) have passed")
  }

  /// What looks once: what is waited for and what was found; nil when it holds.
  private func looker() throws -> () -> String? {
    switch action.condition {
    case .duration: return { nil }
    case .checks(let checks):
      let evaluator = CheckEvaluator(context: context, scratch: scratch, isTimed: true)
      let masker = context.site.secrets.masker
      return { CheckEvaluator.failure(in: evaluator.evaluate(checks)).map { masker.masked($0) } }
    case .port(let port, let template):
      let host = try template.renderText(in: context.scope)
      if let problem = HostName.problem(with: host) { throw EvaluationError(problem, template.range) }
      return {
        context.site.world.connect(
          host: host, port: port, timeout: WaitRunner.connectTimeout, cancellation: context.cancellation
        ).map { "port \(port) of \(host): \($0)" }
      }
    }
  }

  /// A server behind a filter does not answer at all.
  private static let connectTimeout = Duration.seconds(5)
}

/// Milliseconds as a person reads them.
private enum DurationWords {
  /// `1.5s`, `2m 5s`.
  static func text(_ milliseconds: Int64) -> String {
    if milliseconds < 1000 { return "\(milliseconds)ms" }
    let seconds = milliseconds / 1000
    if seconds < 60 { return milliseconds % 1000 < 100 ? "\(seconds)s" : "\(seconds).\(milliseconds % 1000 / 100)s" }
    return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds / 60)m \(seconds % 60)s"
  }
}
