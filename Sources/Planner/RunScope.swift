internal import Digest
package import PlanModel

/// What expressions read while a run goes on.
package struct RunScope: EvaluationScope, Sendable {
  package var statics: StaticScope
  /// By step id; what the step may read has an entry when it is done.
  package var checkpoints: [String: Checkpoint]
  /// Steps that will or may still run: reading one of their values has no answer yet.
  package var pending: Set<String>
  package var state: [String: Value]
  package var run: [Reference.RunMember: Value]
  package var ownValues: [Value.Entry]?
  /// The item of the step, if `foreach` made it.
  package var item: ForeachItem?
  /// Groups by id: of a value that no member has published, a reader gets an empty map.
  package var groups: Set<String> = []
  package var hasFailure: Bool
  package var failedSteps: Set<String>
  package var files: any FileProbe
  /// Nil: nobody may look at secrets, as while a change set is made.
  package var secrets: (any SecretSource)?

  package init(
    statics: StaticScope, checkpoints: [String: Checkpoint] = [:], pending: Set<String> = [],
    state: [String: Value] = [:], run: [Reference.RunMember: Value] = [:], ownValues: [Value.Entry]? = nil,
    hasFailure: Bool = false, failedSteps: Set<String> = [], files: any FileProbe,
    secrets: (any SecretSource)? = nil
  ) {
    self.statics = statics
    self.checkpoints = checkpoints
    self.pending = pending
    self.state = state
    self.run = run
    self.ownValues = ownValues
    self.hasFailure = hasFailure
    self.failedSteps = failedSteps
    self.files = files
    self.secrets = secrets
  }

  package func value(of reference: Reference) throws(EvaluationError) -> Value? {
    switch reference {
    case .parameter, .environment, .plan: return try statics.value(of: reference)
    case .stepValue(let step, let key):
      try requireKnown(step)
      guard let checkpoint = checkpoints[step] else { return nil }
      return checkpoint.values.first { $0.key == key }?.value ?? (groups.contains(step) ? .map([]) : nil)
    case .stepStatus(let step):
      try requireKnown(step)
      if failedSteps.contains(step) { return .string("failed") }
      return checkpoints[step].map { .string(RunScope.status(of: $0.outcome)) }
    case .state(let key): return state[key]
    case .run(let member): return run[member]
    case .ownValue(let key): return ownValues?.first { $0.key == key }?.value
    case .secret(let name):
      guard let secrets else { throw EvaluationError.withheld(name) }
      return try secrets.value(of: name).map(Value.string)
    case .item(let member): return item?.value(of: member)
    }
  }

  package static func status(of outcome: Checkpoint.Outcome) -> String {
    switch outcome {
    case .succeeded, .attested: "succeeded"
    case .allowedFailure: "failed"
    case .upToDate, .guardHolds, .adopted, .conditionFalse, .noValue, .skippedByUser: "skipped"
    }
  }

  private func requireKnown(_ step: String) throws(EvaluationError) {
    if pending.contains(step) {
      throw EvaluationError(.unknown(step: step), "it is not known until \"\(step)\" has run")
    }
  }

  package func fileExists(matching glob: String) throws(EvaluationError) -> Bool {
    do {
      return !(try files.matches([PathPattern(glob)]).isEmpty)
    } catch {
      throw EvaluationError(error.description)
    }
  }

  package func hashFiles(_ globs: [String]) throws(EvaluationError) -> String {
    do {
      var text = ""
      for path in try files.matches(globs.map { PathPattern($0) }) {
        text += "\(path)\u{0}\(try files.digest(path)?.hex ?? "-")\n"
      }
      return SHA256.digest(of: text).hex
    } catch {
      throw EvaluationError(error.description)
    }
  }

  package func secretExists(_ name: String) throws(EvaluationError) -> Bool {
    guard let secrets else { throw EvaluationError.withheld(name) }
    return try secrets.isThere(name)
  }

  package func hasFailed() throws(EvaluationError) -> Bool { hasFailure }
  package func hasSucceeded() throws(EvaluationError) -> Bool { !hasFailure }

  package func isSkipped(_ step: String) throws(EvaluationError) -> Bool {
    try requireKnown(step)
    return checkpoints[step].map { RunScope.status(of: $0.outcome) == "skipped" } ?? false
  }
}
