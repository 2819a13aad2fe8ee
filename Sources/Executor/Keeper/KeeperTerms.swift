internal import PlanModel
internal import Planner
internal import SourceText
package import Subprocess

/// What a program of a step is kept with, when it runs under a keeper.
package struct KeeperTerms: Sendable {
  /// Whether the run may be gone on with while the program runs.
  package var outlives: Bool
  /// What must not be written; nil: the program writes its files by itself.
  package var secrets: [[UInt8]]?
  /// What is expected of output that is masked; empty: whoever takes the result can read it.
  package var expectations: [UInt8]
  /// When the keeper ends what nobody watches.
  package var timeout: Duration?
  package var grace: Duration
  /// For `ps`.
  package var label: [String]

  /// Nil where a program needs no keeper.
  ///
  /// - Throws: when what is expected of its output has no value.
  init?(
    _ step: Step, attempt: Attempt, secrets: [[UInt8]]?, grace: Duration, scope: RunScope
  ) throws(EvaluationError) {
    outlives = step.onInterrupt == .reattach
    guard outlives || secrets != nil else { return nil }
    self.secrets = secrets
    expectations = secrets == nil ? [] : try OutputExpectations(step.expect, in: scope).bytes
    // A supervisor that lives has ended it long before.
    timeout = step.timeout.map { $0 + grace + Teardown.patience }
    self.grace = grace
    label = ["run", String(attempt.run), "step", step.id.value, "attempt", String(attempt.number)]
  }
}

/// How what a keeper watched came to its end.
package enum KeptEnding: Sendable {
  case recorded(ExitRecord)
  /// The keeper died without a word.
  case lost(wasLaunched: Bool)
}
