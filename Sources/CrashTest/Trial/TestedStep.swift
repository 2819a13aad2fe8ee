package import PlanModel
internal import SourceText

/// A step as a crash test sees it.
package struct TestedStep: Hashable, Sendable {
  package var id: String
  package var action: String
  package var idempotence: String
  package var outputs: [PathPattern]
  package var creates: [PathPattern]
  /// Every path that the step says that it writes.
  package var written: [PathPattern]
  /// Whether a program does the work, so that execplan can't know what it writes.
  package var runsProgram: Bool
  /// Whether execplan looks at what it made before it believes that.
  package var verifies: Bool

  package init(_ step: Step, action: String) {
    id = step.id.value
    self.action = action
    idempotence = step.idempotence.rawValue
    outputs = step.outputs
    creates = step.creates
    written = step.writtenPaths + step.creates
    verifies = !step.verify.isEmpty
    runsProgram =
      switch step.action {
      case .run, .exec, .uses: true
      case .agent(let agent): agent.program != nil
      default: false
      }
    if case .agent(let agent) = step.action { written += agent.acceptance.artifacts }
  }
}
