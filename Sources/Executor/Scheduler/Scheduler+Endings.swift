/// What follows from what became of a node.
extension Scheduler {
  mutating func prepared(_ node: Int, _ preparation: SchedulerEvent.Preparation) {
    guard status[node] == .preparing else { return }
    if preparation == .claim, !isStopping {
      status[node] = .claiming
      pending.append(.claim(node, starts: false))
      return
    }
    unlaunched -= 1
    leavePool(node)
    switch preparation {
    case .claim:
      // Nothing new is started any more: it stays as if it had never been looked at.
      status[node] = .cancelled
      leave(node)
    case .settle:
      pending.append(.settle(node))
      settleInMemory(node)
      releaseDependents(of: node, durable: false)
    case .wait:
      pending.append(.wait(node))
      status[node] = .waiting
      leave(node)
    case .allowedFailure:
      pending.append(.fail(node))
      settleInMemory(node)
      releaseDependents(of: node, durable: false)
    case .fail:
      pending.append(.fail(node))
      fail(node)
    case .refuse:
      pending.append(.refuse(node))
      status[node] = .refused
      leave(node)
      block(after: node)
      if part == .main, !options.keepGoing { stop() }
    }
  }

  mutating func committed() {
    let writes = inFlight
    inFlight = []
    for write in writes {
      switch write {
      case .claim(let node, _):
        status[node] = .claimed
        claimedAhead.append(node)
      case .end(let node), .settle(let node), .fail(let node):
        switch status[node] {
        case .done: releaseDependents(of: node, durable: true)
        case .retryWaiting:
          if isStopping {
            giveUp(node)
          } else {
            retrying.insert(node)
            commands.append(.scheduleRetry(node))
          }
        default: break
        }
      case .started, .wait, .release, .refuse: break
      }
    }
  }

  mutating func finished(_ node: Int, _ ending: SchedulerEvent.Ending) {
    guard status[node] == .running else { return }
    running -= 1
    leavePool(node)
    pending.append(.end(node))
    switch ending {
    case .succeeded, .allowedFailure:
      settleInMemory(node)
      releaseDependents(of: node, durable: false)
    case .failed(let retry):
      if retry, !isStopping {
        status[node] = .retryWaiting
      } else {
        fail(node)
      }
    case .cancelled:
      status[node] = .cancelled
      leave(node)
      block(after: node)
    case .inDoubt:
      status[node] = .inDoubt
      leave(node)
      block(after: node)
      // A doubt in `finally`, like a failure there, keeps none of its other steps from running.
      if part == .main, !options.keepGoing { stop() }
    }
  }

  private mutating func fail(_ node: Int) {
    giveUp(node)
    // A failure in `finally` never keeps the other steps of it from running.
    guard part == .main, !options.keepGoing else { return }
    stop()
    if options.failFast { commands.append(.cancelRunning) }
  }

  /// Everything downstream of a node that did not succeed can't run in this leg.
  mutating func block(after node: Int) {
    var stack = nodes[node].dependents
    while let next = stack.popLast() {
      guard status[next] == .idle else { continue }
      status[next] = .blocked
      if isActive(next) { leave(next) }
      stack.append(contentsOf: nodes[next].dependents)
    }
  }

  mutating func stop() {
    isStopping = true
    for node in retrying { giveUp(node) }
    retrying = []
  }

  /// A failed step whose next try does not come in this leg.
  private mutating func giveUp(_ node: Int) {
    status[node] = .failed
    leave(node)
    block(after: node)
  }

  mutating func releaseClaims() {
    while nextClaimed < claimedAhead.count {
      let node = claimedAhead[nextClaimed]
      nextClaimed += 1
      unlaunched -= 1
      leavePool(node)
      status[node] = .cancelled
      leave(node)
      startedWithClaim.remove(node)
      pending.append(.release(node))
    }
    claimedAhead.removeAll(keepingCapacity: true)
    nextClaimed = 0
  }
}
