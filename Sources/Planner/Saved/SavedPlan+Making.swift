package import Digest
internal import PlanGraph
package import PlanModel
internal import SourceText

extension SavedPlan {
  /// What is known now, in the form of a saved plan: to be saved, or to be compared with one.
  ///
  /// - Parameters:
  ///   - given: the parameters that the invocation gave, the later ones counting.
  ///   - files: nil: what the steps read is not looked at.
  package init(
    id: String, savedAt: Int64, user: String, host: String, planned: PlannedPlan, changeSet: ChangeSet,
    choices: Choices, given: [Value.Entry], position: Position, files: (any FileProbe)?
  ) {
    let plan = planned.plan
    let values = Dictionary(given.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
    self.init(
      id: id, savedAt: savedAt, user: user, host: host,
      plan: PlanName(key: plan.key, path: plan.path, digest: planned.digest), choices: choices,
      parameters: plan.parameters.map {
        Parameter(name: $0.name.value, value: $0.value, given: values[$0.name.value])
      },
      profile: plan.profile, secrets: plan.secrets.map(\.name.value), position: position,
      steps: changeSet.entries.map { entry in
        let node = planned.graph.index(of: entry.id).map { planned.nodes[$0] }
        var step = Step(
          id: entry.id, action: entry.action, decision: entry.decision.decision,
          reasons: entry.decision.reasons.map { SavedReason($0) },
          definition: node?.digest ?? StepDefinition(fields: []).digest)
        switch entry.decision.decision {
        case .run, .unknown, .wait:
          // What can't be read is said when the step comes to it.
          if let files, let node, let read = try? FileDigests.of(node.step.recordedInputs, files) {
            step.files = FileDigests.digest(read)
          }
        case .skip, .blocked, .inDoubt, .conflict: break
        }
        return step
      })
  }

  /// The version of a plan's state.
  package static func digest(ofState entries: [Value.Entry]) -> SHA256Digest {
    SHA256.digest(of: JSONWriter.stored(.map(entries)))
  }
}
