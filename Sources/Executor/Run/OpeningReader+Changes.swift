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
        if checkpoint.attempt != nil, !isItem(id) { changed.append(id) }
        continue
      }
      let node = planned.nodes[index]
      if node.isFinally { continue }
      if node.isApproval, checkpoint.outcome == .attested { continue }
      if node.isTemplate {
        switch try standing(of: index, checkpoint, run) {
        case .stands: break
        case .open: undecided[index] = Reason(.definitionChanged)
        case .changed: changed.append(id)
        }
        continue
      }
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
    for need in planned.comparedNeeds(of: index) {
      let id = planned.nodes[need].id
      if planned.nodes[need].isGroup {
        if let member = newMembers[need] { return member }
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
    for index in planned.nodes.indices where planned.nodes[index].step.group?.expansion == nil {
      for member in planned.nodes[index].step.group?.members ?? [] where found[index] == nil {
        if opening.position.checkpoints[member.step] == nil, opening.attempts[member.step] == nil {
          found[index] = member.step
        }
      }
    }
    return found
  }

  // MARK: Found items

  /// How the record of the items that a step has found goes with the plan as it is now.
  private enum Standing {
    case stands
    /// It found nothing, so nobody is asked.
    case open
    case changed
  }

  private func standing(
    of index: Int, _ checkpoint: Checkpoint, _ run: Run
  ) throws(JournalError) -> Standing {
    let node = planned.nodes[index]
    guard checkpoint.outcome == .succeeded else {
      return checkpoint.fingerprint.definition == node.digest ? .stands : .open
    }
    // What an item is like has changed in such a way that one of them is none any more.
    guard planned.expanded.contains(index) else { return .open }
    if checkpoint.fingerprint.definition == node.digest { return .stands }
    // What is done for each is a matter of the items themselves.
    let stored = try StoredDefinitions(run: run.id, in: journal)
    if let old = stored.definition(of: node.id, digest: checkpoint.fingerprint.definition),
      node.definition.findsItems(like: old)
    {
      return .stands
    }
    return runsAgain(node.id) ? .stands : .changed
  }

  /// Whether a step that is not in the plan is an item that may be found again.
  private func isItem(_ id: String) -> Bool {
    guard id.hasSuffix("]"), let open = id.lastIndex(of: "["), let group = planned.graph.index(of: String(id[..<open]))
    else { return false }
    return planned.nodes[group].step.group?.expansion != nil
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
    guard let old = oldDefinition(id, stored) else {
      // Items are not stored one by one; what they have in common is.
      if let template = planned.template(of: index), case let found = planned.nodes[template].id,
        let old = oldDefinition(found, stored), case let changes = difference(id, from: old, to: template),
        !changes.isEmpty
      {
        return changes
      }
      return ["\"\(id)\": its definition differs"]
    }
    return difference(id, from: old, to: index)
  }

  private func difference(_ id: String, from old: StepDefinition, to index: Int) -> [String] {
    planned.nodes[index].definition.difference(from: old).map { change in
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
