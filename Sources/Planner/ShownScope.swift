internal import PlanModel

/// What the values that a called plan shows may read: its own steps, when they are done.
struct ShownScope: EvaluationScope {
  let statics: StaticScope
  var checkpoints: [String: Checkpoint] = [:]

  func value(of reference: Reference) throws(EvaluationError) -> Value? {
    switch reference {
    case .stepValue(let step, let key): return checkpoints[step]?.values.first { $0.key == key }?.value
    case .stepStatus(let step): return checkpoints[step].map { .string(RunScope.status(of: $0.outcome)) }
    default: return try statics.value(of: reference)
    }
  }

  func fileExists(matching glob: String) throws(EvaluationError) -> Bool { try statics.fileExists(matching: glob) }
  func hashFiles(_ globs: [String]) throws(EvaluationError) -> String { try statics.hashFiles(globs) }
  func secretExists(_ name: String) throws(EvaluationError) -> Bool { try statics.secretExists(name) }
  func hasFailed() throws(EvaluationError) -> Bool { try statics.hasFailed() }
  func hasSucceeded() throws(EvaluationError) -> Bool { try statics.hasSucceeded() }

  func isSkipped(_ step: String) throws(EvaluationError) -> Bool {
    checkpoints[step].map { RunScope.status(of: $0.outcome) == "skipped" } ?? false
  }
}
