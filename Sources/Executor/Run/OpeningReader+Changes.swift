internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner
internal import SourceText

extension OpeningReader {
  /// Checkpointed steps whose definition is not what it was, or that are gone.
  mutating func changedDefinitions(_ run: Run) throws(JournalError) -> Refusal? {
    newMembers = findNewMembers()
    var changed: [String] = []
    var undecided: [Int: Reason] = [:]
    for (id, checkpoint) in opening.position.checkpoints {
      guard let index = planned.graph.index(of: id) else {
        if checkpoint.attempt != nil { changed.append(id) }
        continue
      }
      let node = planned.nodes[index]
      if node.isFinally { continue }
      if node.digest == checkpoint.fingerprint.definition, gainedNeed(index, checkpoint) == nil { continue }
      // What was never executed is decided anew without anybody being asked.
      if checkpoint.attempt == nil {
        undecided[index] = Reason(.definitionChanged)
      } else if !runsAgain(id) {
        changed.append(id)
      }
    }
    opening.position.drop(undecided, in: planned)
    guard !changed.isEmpty else { return nil }
    changed.sort()
    switch options.changed {
    case .keep:
      for id in changed where planned.graph.index(of: id) != nil {
        opening.notes.append("\"\(id)\" changed since it ran; its old result is kept")
      }
      return nil
    case .rerun:
      let stored = try StoredDefinitions(run: run.id, in: journal)
      var reasons: [Int: Reason] = [:]
      for id in changed {
        guard let index = planned.graph.index(of: id) else { continue }
        let fields = oldDefinition(id, stored).map { planned.nodes[index].definition.difference(from: $0).map(\.name) }
        reasons[index] = Reason(.definitionChanged, fields?.joined(separator: ", ") ?? "")
      }
      opening.position.drop(reasons, in: planned)
      return nil
    case .refuse:
      let stored = try StoredDefinitions(run: run.id, in: journal)
      var details = changed.prefix(OpeningReader.shownSteps).flatMap { difference($0, stored) }
      let rest = changed.count - OpeningReader.shownSteps
      if rest > 0 { details.append("and \(rest) more") }
      return Refusal(
        .refused,
        changed.count == 1
          ? "\"\(changed[0])\" is done in run \(run.id) and has changed since"
          : "\(changed.count) steps are done in run \(run.id) and have changed since",
        details: details,
        nextCommands: [command.resume("--rerun-changed"), command.resume("--keep-changed"), command.fresh])
    }
  }

  /// A need that is not done and that the step's success has not seen: one that files made, for declared ones are part
  /// of the definition.
  private func gainedNeed(_ index: Int, _ checkpoint: Checkpoint) -> String? {
    guard checkpoint.attempt != nil, checkpoint.outcome == .succeeded else { return nil }
    for edge in planned.graph.needs(of: index) where planned.nodes[edge.from].hasResult {
      let id = planned.nodes[edge.from].id
      if planned.nodes[edge.from].isGroup {
        if let member = newMembers[edge.from] { return member }
        continue
      }
      if checkpoint.needResults[id] == nil, opening.position.checkpoints[id] == nil { return id }
    }
    return nil
  }

  /// By group the first member that the run knows nothing of: an item that the plan got since.
  private func findNewMembers() -> [Int: String] {
    guard planned.hasGroups else { return [:] }
    var found: [Int: String] = [:]
    for index in planned.nodes.indices {
      for member in planned.nodes[index].step.group?.members ?? [] where found[index] == nil {
        if opening.position.checkpoints[member.step] == nil, opening.attempts[member.step] == nil {
          found[index] = member.step
        }
      }
    }
    return found
  }

  // MARK: What changed

  /// How many steps a refusal goes into.
  private static let shownSteps = 20

  private func difference(_ id: String, _ stored: StoredDefinitions) -> [String] {
    guard let index = planned.graph.index(of: id) else { return ["\"\(id)\": it is no longer in the plan"] }
    if let checkpoint = opening.position.checkpoints[id],
      checkpoint.fingerprint.definition == planned.nodes[index].digest
    {
      return gainedNeed(index, checkpoint).map { ["\"\(id)\": it now needs \"\($0)\", which is not done"] } ?? []
    }
    guard let old = oldDefinition(id, stored) else { return ["\"\(id)\": its definition differs"] }
    return planned.nodes[index].definition.difference(from: old).map { change in
      "\"\(id)\": \(change.name): \(shown(change.old)) -> \(shown(change.new))"
    }
  }

  private func shown(_ values: [String]?) -> String {
    guard let values else { return "(none)" }
    let text = values.map { DefinitionText.readable($0) }.joined(separator: ", ")
    return text.count > 200 ? text.prefix(199) + "…" : text
  }

  /// The definition that the checkpoint rests on.
  private func oldDefinition(_ id: String, _ stored: StoredDefinitions) -> StepDefinition? {
    opening.position.checkpoints[id].flatMap { stored.definition(of: id, digest: $0.fingerprint.definition) }
  }
}
