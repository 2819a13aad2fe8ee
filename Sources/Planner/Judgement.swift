package import Digest
package import PlanModel

/// A decision about a step together with what its checkpoint or claim must record.
package struct Judgement: Sendable {
  package var decision: StepDecision
  package var fingerprint: Fingerprint
  package var inputFiles: [FileDigest] = []
  /// For a step that counts as done without running: how, with what values and result.
  package var settlement: Settlement?

  package struct Settlement: Sendable {
    package var outcome: Checkpoint.Outcome
    package var values: [Value.Entry]
    package var outputFiles: [FileDigest]
    package var result: SHA256Digest
    package var carriedFrom: Int64?
    package var generation: Int
  }

  package init(_ decision: StepDecision, definition: SHA256Digest) {
    self.decision = decision
    fingerprint = Fingerprint(definition: definition)
  }
}
