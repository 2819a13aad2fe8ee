/// Nodes that are found while the leg goes on. It costs as much as there are new ones.
extension Scheduler {
  /// They wait for the one that found them, which is done in the same turn: so their claims come after its end in the
  /// order of commits, as those of all dependents.
  mutating func expanded(_ node: Int, _ expansion: SchedulerEvent.Expansion) {
    guard status[node] == .preparing else { return }
    nodes[node].dependents.reserveCapacity(nodes[node].dependents.count + expansion.added.count)
    for var added in expansion.added {
      let index = nodes.count
      added.needs = 1
      added.dependents = [expansion.group]
      added.calls = nodes[node].calls
      added.closes = nodes[node].closes
      nodes[node].dependents.append(index)
      nodes.append(added)
      remaining.append(1)
      status.append(expansion.areExcluded ? .blocked : .idle)
      count(index, 1)
      if let call = added.closes { calls[call].closing.append(index) }
      if !expansion.areExcluded, isActive(index) { unfinished += 1 }
    }
    nodes[expansion.group].needs += expansion.added.count
    remaining[expansion.group] += expansion.added.count
    for gone in expansion.gone { withdraw(gone, from: expansion.group) }
  }

  /// A node that is none any more: nothing waits for it. One that runs is let end.
  private mutating func withdraw(_ node: Int, from group: Int) {
    switch status[node] {
    case .done, .preparing, .claiming, .claimed, .running: return
    case .idle, .ready, .retryWaiting: if isActive(node) { leave(node) }
    case .failed, .blocked, .waiting, .refused, .inDoubt, .cancelled: break
    }
    set(node, .done)
    retrying.remove(node)
    delayed.remove(node)
    remaining[group] -= 1
  }
}
