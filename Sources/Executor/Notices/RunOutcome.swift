internal import PlanModel

/// How a run ended, as notices tell it.
struct RunOutcome: Sendable {
  /// A step that did not succeed.
  struct Trouble: Sendable {
    var step: String
    var reason: String
  }

  var run: Int64
  /// The plan's key.
  var plan: String
  var title: String
  var state: RunState
  var exitCode: Int
  var succeeded: Int
  var skipped: Int
  var failed: Int
  /// Milliseconds of the invocation that ended it.
  var duration: Int
  /// Empty for a run whose end an earlier execplan recorded.
  var troubles: [Trouble] = []

  /// One line, and one for each step that did not succeed.
  var text: String {
    let ending =
      switch state {
      case .waiting: "waits for a person"
      default: state.rawValue
      }
    var lines = [
      "run \(run) of \(title) \(ending): \(succeeded) succeeded, \(skipped) skipped, \(failed) failed, in "
        + "\(duration < 10_000 ? "\(duration) ms" : "\(duration / 1000) s")"
    ]
    lines += troubles.prefix(20).map { "\($0.step): \($0.reason)" }
    return lines.joined(separator: "\n")
  }

  /// What a webhook gets when the plan says nothing else; chat servers show `text`.
  var json: Value {
    .map([
      .init("text", .string(text)), .init("plan", .string(plan)), .init("title", .string(title)),
      .init("run", .int(Int(run))), .init("state", .string(state.rawValue)), .init("exit_code", .int(exitCode)),
      .init("succeeded", .int(succeeded)), .init("skipped", .int(skipped)), .init("failed", .int(failed)),
      .init("duration_ms", .int(duration)),
      .init(
        "steps",
        .list(
          troubles.prefix(20).map {
            .map([.init("id", .string($0.step)), .init("reason", .string($0.reason))])
          })),
    ])
  }

  /// By the result of a leg.
  init(_ result: RunResult, plan: String, title: String) {
    run = result.run
    self.plan = plan
    self.title = title
    state = result.state
    exitCode = Int(result.exitCode.rawValue)
    succeeded = result.count(.succeeded)
    skipped = result.count(.skipped)
    failed = result.count(.failed)
    duration = result.duration
    troubles = result.steps.compactMap { step in
      switch step.state {
      case .failed where !step.isAllowed: Trouble(step: step.id, reason: step.reason ?? "it failed")
      case .inDoubt: Trouble(step: step.id, reason: step.reason ?? "nobody knows whether its effect happened")
      case .waiting: Trouble(step: step.id, reason: "it waits for a person")
      default: nil
      }
    }
  }

  /// By what was recorded of the end of a run; nil when it says too little.
  init?(run: Run, end: Event, title: String) {
    func number(_ key: String) -> Int {
      if case .int(let number)? = end.payload.first(where: { $0.key == key })?.value { number } else { 0 }
    }
    guard case .string(let text)? = end.payload.first(where: { $0.key == "state" })?.value,
      let state = RunState(rawValue: text)
    else { return nil }
    self.run = run.id
    plan = run.plan
    self.title = title
    self.state = state
    exitCode = number("exit_code")
    succeeded = number("succeeded")
    skipped = number("skipped")
    failed = number("failed")
    duration = number("duration_ms")
  }
}
