internal import Digest
internal import PlanGraph
package import PlanModel
internal import SourceText

/// What a group of steps comes to: made of what its members came to, and never recorded itself.
package enum GroupResult {
  /// What dependents see of a group whose members are all done.
  ///
  /// A value that a member published stands in a map by the keys of the items.
  package static func checkpoint(of node: PlannedNode, members: [(key: String, checkpoint: Checkpoint)]) -> Checkpoint {
    var names: [String] = []
    var values: [String: [Value.Entry]] = [:]
    var hash = SHA256()
    for (key, checkpoint) in members {
      for value in checkpoint.values {
        if values[value.key] == nil { names.append(value.key) }
        values[value.key, default: []].append(Value.Entry(key, value.value))
      }
    }
    // In whatever order the items are listed.
    for (key, checkpoint) in members.sorted(by: { $0.key < $1.key }) {
      hash.update(key)
      hash.update([0])
      hash.update(checkpoint.result.bytes)
    }
    var result = Checkpoint(
      step: node.id, run: members.first?.checkpoint.run ?? 0, outcome: outcome(of: members.map(\.checkpoint.outcome)),
      fingerprint: Fingerprint(definition: node.digest), result: hash.finish(), endedAt: 0, bootID: "")
    if case .foreach? = node.step.group?.kind {
      result.values = names.map { Value.Entry($0, .map(values[$0] ?? [])) }
    }
    return result
  }

  /// Skipped if all members are, failed if a failure was allowed.
  private static func outcome(of members: [Checkpoint.Outcome]) -> Checkpoint.Outcome {
    if members.contains(.allowedFailure) { return .allowedFailure }
    let isSkipped =
      !members.isEmpty
      && members.allSatisfy {
        [.conditionFalse, .noValue, .skippedByUser].contains($0)
      }
    return isSkipped ? members.first ?? .conditionFalse : .succeeded
  }
}

extension RunScope {
  /// Lets the expressions of a node read its item, and what groups came to by the checkpoints that are there.
  package mutating func regard(_ node: PlannedNode, of planned: PlannedPlan) {
    item = node.step.item
    groups = planned.groupIDs
    checkpoints = planned.results(checkpoints)
  }
}

extension PlannedPlan {
  /// The members of the group that a node stands for, each with its key; nil if it stands for none.
  package func members(of node: Int) -> [(key: String, node: Int)]? {
    nodes[node].step.group?.members.compactMap { member in
      graph.index(of: member.step).map { (member.key, $0) }
    }
  }

  /// The nodes that a group is done with: its members, the one that finds them, and the end of a called plan.
  package func parts(of group: Int) -> [Int] {
    guard let whole = nodes[group].step.group else { return [] }
    let others = (whole.expansion.map { [$0] } ?? []) + whole.closing
    return others.compactMap(graph.index(of:)) + (members(of: group) ?? []).map(\.node)
  }

  /// The ids of all groups.
  package var groupIDs: Set<String> {
    hasGroups ? Set(nodes.lazy.filter { $0.step.group?.kind == .foreach }.map(\.id)) : []
  }

  /// The steps that a node takes back, the members of groups among them.
  package func undoneSteps(of node: Int) -> [String] {
    nodes[node].step.undoes.flatMap { name -> [String] in
      graph.index(of: name.value).flatMap { nodes[$0].step.group?.members.map(\.step) } ?? [name.value]
    }
  }

  /// What a group comes to, if all its members are done.
  package func groupResult(of node: Int, _ checkpoint: (Int) -> Checkpoint?) -> Checkpoint? {
    guard let members = members(of: node) else { return nil }
    if let finder = nodes[node].step.group?.expansion.flatMap(graph.index(of:)) {
      guard var found = checkpoint(finder) else { return nil }
      if found.outcome != .succeeded {
        // It came to no items: the whole is what that is.
        found.step = nodes[node].id
        found.values = []
        return found
      }
    }
    var done: [(key: String, checkpoint: Checkpoint)] = []
    done.reserveCapacity(members.count)
    for member in members {
      guard let found = checkpoint(member.node) else { return nil }
      done.append((member.key, found))
    }
    var result = GroupResult.checkpoint(of: nodes[node], members: done)
    // What a plan's end does is no part of its result, but a failure there is one of the plan.
    let closing = nodes[node].step.group?.closing.compactMap { graph.index(of: $0) } ?? []
    if closing.contains(where: { checkpoint($0)?.outcome == .allowedFailure }) { result.outcome = .allowedFailure }
    if case .call(let shown)? = nodes[node].step.group?.kind {
      var scope = ShownScope(statics: statics)
      for reference in shown.flatMap(\.value.references) {
        guard let id = reference.value.step, let source = graph.index(of: id) else { continue }
        scope.checkpoints[id] = checkpoint(source)
      }
      // What a skipped step did not publish is not there for the caller either.
      result.values = shown.compactMap { variable in
        (try? variable.value.render(in: scope)).map { Value.Entry(variable.name.value, $0) }
      }
      result.result = SHA256.digest(of: result.result.hex + JSONWriter.compact(.map(result.values)))
    }
    return result
  }

  /// What became of all nodes by their checkpoints, those that stand for groups included.
  package func results(_ checkpoints: [String: Checkpoint]) -> [String: Checkpoint] {
    guard hasGroups else { return checkpoints }
    var all = checkpoints
    for index in order where nodes[index].isGroup {
      all[nodes[index].id] = groupResult(of: index) { all[nodes[$0].id] }
    }
    return all
  }
}
