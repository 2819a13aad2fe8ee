internal import Journal
internal import PlanGraph
internal import PlanModel
internal import Planner

/// What keeps a rollback from beginning.
extension RollbackReader {
  /// The plan's state is brought back in the beginning, if it is still what the run made of it.
  mutating func promotedState() -> Refusal? {
    guard !isContinued, run.state == .succeeded else { return nil }
    let promoted = Dictionary(record.promoted.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var written: [String: [Value]] = [:]
    for checkpoint in record.checkpoints.values where checkpoint.carriedFrom == nil {
      for entry in checkpoint.pendingState { written[entry.key, default: []].append(entry.value) }
    }
    for (key, values) in written.sorted(by: { $0.key < $1.key }) {
      guard let now = promoted[key], values.contains(now.value) else {
        return Refusal(
          .refused,
          "the state \"\(key)\" of the plan was changed since run \(run.id) wrote it, so it is not taken back",
          nextCommands: ["status \(command.plan)"])
      }
      if now.previous == .unknown {
        return Refusal(
          .refused, "what the state \"\(key)\" was before run \(run.id) is not known: an older execplan wrote it",
          nextCommands: ["status \(command.plan)"])
      }
    }
    opening.leg.restoresState = !record.promoted.isEmpty
    for value in record.promoted {
      switch value.previous {
      case .value(let before, _): opening.opening.state[value.key] = before
      case .nothing, .unknown: opening.opening.state[value.key] = nil
      }
    }
    return nil
  }

  func doubts(_ chosen: [ExecutedSteps.Step]) -> Refusal? {
    var details: [String] = []
    var commands: [String] = []
    for (entry, step) in zip(opening.entries, chosen) {
      guard case .doubtful(let why) = entry.way else { continue }
      details.append("\"\(step.id)\": attempt \(step.attempt.number) was cut off, and \(why)")
      commands += command.resolve(step.id)
    }
    guard !details.isEmpty else { return nil }
    return Refusal(
      .refused, "nobody knows whether what is to be taken back took effect", details: details, nextCommands: commands)
  }

  /// Undos that were cut off themselves.
  mutating func openUndos() -> Refusal? {
    var asked: [(name: String, attempt: Attempt, why: String)] = []
    for (name, attempts) in opening.opening.attempts where UndoName.step(of: name) != nil {
      guard var last = attempts.last, last.state == .claimed || last.state == .inDoubt else { continue }
      opening.opening.doubtful[name] = last
      let doubt: RunPosition.Doubt
      if let node = opening.planned?.graph.index(of: name).flatMap({ opening.planned?.nodes[$0] }) {
        last.fingerprint.definition = node.digest
        doubt = self.doubt(last, node)
      } else {
        doubt = .ask("it is not to be taken back now")
      }
      opening.opening.position.doubts[name] = doubt
      if case .ask(let why) = doubt { asked.append((name, last, why)) }
    }
    guard !asked.isEmpty else { return nil }
    asked.sort { $0.name < $1.name }
    return Refusal(
      .refused, "nobody knows whether undos that were cut off took effect",
      details: asked.map { "\"\($0.name)\": attempt \($0.attempt.number) was cut off, and \($0.why)" },
      nextCommands: asked.flatMap { command.resolve($0.name) })
  }

  private func doubt(_ attempt: Attempt, _ node: PlannedNode) -> RunPosition.Doubt {
    switch opening.leg.works[node.id] {
    case .restore, .nothing, nil: return .rerun("it only changes what differs")
    case .external:
      guard case .uses(let uses) = node.step.action, let description = uses.description else { break }
      switch description.idempotence {
      case .convergent, .declared, .transactional: return .rerun("its action may be repeated")
      case .none, .guarded, .waits: return .ask("its action does not say that it may be repeated")
      }
    case .action: break
    }
    return DoubtPolicy(node: node, attempt: attempt, files: site.files).decision()
  }

  func irreversible() -> Refusal? {
    var details: [String] = []
    var first: String?
    for entry in opening.entries {
      guard case .irreversible(let why) = entry.way else { continue }
      if first == nil { first = entry.step }
      details.append("\"\(entry.step)\": \(why)")
    }
    guard let first else { return nil }
    return Refusal(
      .refused, details.count == 1 ? "a step can't be taken back" : "\(details.count) steps can't be taken back",
      details: details + ["say \"undo\" in the plan, or \"undo: none\" if there is nothing to take back"],
      nextCommands: [request.words(command, "--past-irreversible"), command.rollback(.after(first))])
  }

  func changed() -> Refusal? {
    let found = opening.entries.filter { !$0.conflicts.isEmpty }
    guard let first = found.first else { return nil }
    return Refusal(
      .refused,
      "\"\(first.step)\": \"\(first.conflicts[0].path)\" was changed by somebody else since, and would be lost",
      details: found.dropFirst().prefix(10).map {
        "\"\($0.step)\": \"\($0.conflicts[0].path)\" was changed by somebody else since"
      },
      nextCommands: [request.words(command, "--dry-run"), request.words(command, "--overwrite")])
  }
}
