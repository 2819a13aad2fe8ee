internal import PlanModel
internal import Planner
internal import SourceText

/// What an agent step leaves for another, as YAML.
struct HandoffPackage {
  let handoff: Handoff
  /// The id of the step that makes it.
  let step: String
  /// Those of the step, for a package that names none.
  let artifacts: [PathPattern]

  /// - Throws: when an expression has no value.
  func text(in scope: some EvaluationScope) throws(EvaluationError) -> String {
    var entries: [Value.Entry] = [
      .init("agent", .string(handoff.receiver.value)), .init("from", .string(step)),
    ]
    let paths = (handoff.artifacts ?? artifacts).filter { !$0.isNegated }
    if !paths.isEmpty { entries.append(.init("artifacts", .list(paths.map { .string($0.text) }))) }
    var requirements: [Value] = []
    for requirement in handoff.requirements { requirements.append(.string(try requirement.renderText(in: scope))) }
    if !requirements.isEmpty { entries.append(.init("requirements", .list(requirements))) }
    if let access = handoff.dataAccess { entries.append(.init("data_access", try access.render(in: scope))) }
    if let data = handoff.testData { entries.append(.init("test_data", try data.render(in: scope))) }
    return YAMLWriter.block(.map([.init("handoff_package", .map(entries))]))
  }

  /// All packages of a step, each under the name by which its receiver reads it.
  ///
  /// - Parameters:
  ///   - own: what the step itself has published.
  static func values(of context: StepContext, own: [Value.Entry]) throws(EvaluationError) -> [Value.Entry] {
    guard case .agent(let agent) = context.step.action else { return [] }
    var scope = context.scope
    scope.ownValues = own
    var values: [Value.Entry] = []
    for handoff in agent.handoff {
      let package = HandoffPackage(
        handoff: handoff, step: context.step.id.value, artifacts: agent.acceptance.artifacts)
      values.append(.init(Handoff.key(of: handoff.receiver.value), .string(try package.text(in: scope))))
    }
    return values
  }

  /// Writes packages to the files in which people find them.
  static func write(_ values: [Value.Entry], of step: String, _ files: AgentFiles, in world: any ExecutionWorld) throws
  {
    for entry in values {
      guard entry.key.hasPrefix(Handoff.prefix), case .string(let text) = entry.value else { continue }
      let receiver = String(entry.key.dropFirst(Handoff.prefix.count))
      try files.write(text, to: files.handoff(of: step, to: receiver), in: world)
    }
  }
}
