/// What follows from what became of a node.
extension Scheduler {
  mutating func prepared(_ node: Int, _ preparation: SchedulerEvent.Preparation) {
    guard status[node] == .preparing else { return }
    polled.remove(node)
    if preparation == .claim, !isStopping || runsAfterStop(node) {
      set(node, .claiming)
      pending.append(.claim(node, starts: false))
      return
    }
    unlaunched -= 1
    leavePool(node)
    switch preparation {
    case .claim:
      // Nothing new is started any more: it stays as if it had never been looked at.
      set(node, .cancelled)
      leave(node)
    case .settle:
      pending.append(.settle(node))
      settleInMemory(node)
      releaseDependents(of: node, durable: false)
    case .wait:
      pending.append(.wait(node))
      set(node, .waiting)
      leave(node)
      // What is behind it must not keep the plans around from ending.
      if nodes[node].closes != nil { block(after: node) }
    case .poll(let records):
      if records { pending.append(.wait(node)) }
      polled.insert(node)
      if isStopping, !runsAfterStop(node) {
        giveUp(node)
      } else {
        set(node, .retryWaiting)
        retrying.insert(node)
        commands.append(.scheduleRetry(node))
      }
    case .allowedFailure:
      pending.append(.fail(node))
      settleInMemory(node)
      releaseDependents(of: node, durable: false)
    case .fail:
      pending.append(.fail(node))
      fail(node)
    case .refuse:
      pending.append(.refuse(node))
      set(node, .refused)
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
        set(node, .claimed)
        claimedAhead.append(node)
      case .end(let node), .settle(let node), .fail(let node):
        switch status[node] {
        case .done: releaseDependents(of: node, durable: true)
        case .retryWaiting:
          if isStopping, !runsAfterStop(node) {
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
    for call in endingCalls.inFlight { begin(closing: call) }
    endingCalls.inFlight = []
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
      if retry, !isStopping || runsAfterStop(node) {
        set(node, .retryWaiting)
      } else {
        fail(node)
      }
    case .cancelled:
      set(node, .cancelled)
      leave(node)
      block(after: node)
    case .inDoubt:
      set(node, .inDoubt)
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
      set(next, .blocked)
      if isActive(next) { leave(next) }
      stack.append(contentsOf: nodes[next].dependents)
    }
  }

  mutating func stop() {
    isStopping = true
    for node in retrying.sorted() where !runsAfterStop(node) {
      retrying.remove(node)
      giveUp(node)
    }
    // What is ready of the main part must not start any more.
    ready.keep(where: runsAfterStop)
    for pool in pools.indices {
      // A place may have gone to one that is dropped now.
      while let node = pools[pool].parked.popFirst() {
        if runsAfterStop(node) { ready.insert(node, priority: nodes[node].priority) }
      }
    }
    touchedCalls = Set(calls.indices)
  }

  /// A failed step whose next try does not come in this leg.
  private mutating func giveUp(_ node: Int) {
    if polled.remove(node) != nil {
      set(node, .waiting)
      leave(node)
      if nodes[node].closes != nil { block(after: node) }
      return
    }
    set(node, .failed)
    leave(node)
    block(after: node)
  }

  mutating func releaseClaims() {
    var kept: [Int] = []
    for node in claimedAhead[nextClaimed...] {
      if runsAfterStop(node) {
        kept.append(node)
        continue
      }
      unlaunched -= 1
      leavePool(node)
      set(node, .cancelled)
      leave(node)
      startedWithClaim.remove(node)
      pending.append(.release(node))
    }
    claimedAhead = kept
    nextClaimed = 0
  }
}
