/// What may be looked at and started now.
extension Scheduler {
  mutating func becomeReady(_ node: Int) {
    if nodes[node].isBarrier {
      settleInMemory(node)
      releaseDependents(of: node, durable: true)
      return
    }
    if !isStopping, delayed.remove(node) != nil {
      set(node, .retryWaiting)
      retrying.insert(node)
      commands.append(.scheduleRetry(node))
      return
    }
    set(node, .ready)
    if isStopping, !runsAfterStop(node) { return }
    ready.insert(node, priority: nodes[node].priority)
  }

  mutating func settleInMemory(_ node: Int) {
    set(node, .done)
    leave(node)
  }

  mutating func leave(_ node: Int) {
    unfinished -= 1
  }

  /// Counts a done node off its dependents: those that may be prepared at once when it is done in memory,
  /// the others (and barriers, behind which those others may stand) when it is durable.
  mutating func releaseDependents(of node: Int, durable: Bool) {
    for dependent in nodes[node].dependents {
      let waitsForCommit = nodes[dependent].probesWithPrograms || nodes[dependent].isBarrier
      guard waitsForCommit == durable || (durable && nodes[node].isBarrier) else { continue }
      remaining[dependent] -= 1
      if remaining[dependent] == 0, status[dependent] == .idle, isActive(dependent) { becomeReady(dependent) }
    }
  }

  func isActive(_ node: Int) -> Bool {
    nodes[node].isFinally == (part == .finally)
  }

  /// Launches what is claimed, then prepares what is ready, as far as slots, pools and the bound on
  /// unlaunched claims allow.
  mutating func pump() {
    if isStopping { releaseClaims() }
    while running < options.jobs, nextClaimed < claimedAhead.count {
      let node = claimedAhead[nextClaimed]
      nextClaimed += 1
      unlaunched -= 1
      if reconsidered.remove(node) != nil {
        leavePool(node)
        startedWithClaim.remove(node)
        pending.append(.release(node))
        becomeReady(node)
        continue
      }
      running += 1
      set(node, .running)
      if startedWithClaim.remove(node) == nil { pending.append(.started(node)) }
      commands.append(.launch(node))
    }
    if nextClaimed == claimedAhead.count {
      claimedAhead.removeAll(keepingCapacity: true)
      nextClaimed = 0
    }
    while let node = ready.first {
      // At most as many claims as there are slots are unlaunched, for a restart of the machine puts them in doubt.
      // A step that probes is looked at only when there is a slot for it.
      guard unlaunched < (nodes[node].probes ? options.jobs - running : options.jobs) else { break }
      _ = ready.popFirst()
      if let pool = nodes[node].pool {
        guard pools[pool].free > 0 else {
          pools[pool].parked.insert(node, priority: nodes[node].priority)
          continue
        }
        pools[pool].free -= 1
      }
      unlaunched += 1
      set(node, .preparing)
      commands.append(.prepare(node))
    }
  }

  mutating func leavePool(_ node: Int) {
    guard let pool = nodes[node].pool else { return }
    pools[pool].free += 1
    if let next = pools[pool].parked.popFirst() { ready.insert(next, priority: nodes[next].priority) }
  }
}
